#pragma once

#include <QStringView>
#include <QVarLengthArray>

namespace teahouse {

/// Where words begin and end in a run of letters and digits that is written without blanks, as
/// Chinese, Japanese and Thai are. Between letters of two ways of writing (`请ann看`) there is a
/// border; between two letters that are both written without blanks the dictionaries of ICU say
/// (Unicode UAX #29), which are asked only when that is needed; everywhere else there is none.
/// A Korean word may be followed by a particle (`민수는`). Signs are words of their own.
/// The run must outlive this.
class WordBorders
{
public:
    /// `run`: letters, digits, marks, and signs of ASCII.
    explicit WordBorders(QStringView run);

    /// Whether words with this unit are written without blanks, or with particles: runs without
    /// such a unit have no borders inside them.
    static bool isDense(QChar unit);

    qsizetype size() const { return m_run.size(); }

    /// Whether a word may begin before the unit at `at`, or end there; 0 to size(). Says so at a
    /// glance.
    bool mayBegin(qsizetype at) const { return mayEnd(at) && !isInKorean(at); }
    bool mayEnd(qsizetype at) const { return m_borders[at] != Border::None; }

    /// Whether the units from `from` to before `to` stand there as a word; both are borders that
    /// may be.
    bool isWord(qsizetype from, qsizetype to);

private:
    enum class Kind : quint8 { Spaced, Dense, Korean, Sign, Attached };
    enum class Border : quint8 { None, Certain, Asked };

    static Kind kindOf(char32_t letter);
    Border borderAt(qsizetype at) const;
    Border before(qsizetype at) const { return m_borders[at]; }
    bool isInKorean(qsizetype at) const;
    bool isBorder(qsizetype at);
    bool isBeforeParticle(qsizetype from, qsizetype at) const;
    void segment();

    QStringView m_run;
    QVarLengthArray<Kind, 128> m_kinds;      ///< of each unit
    QVarLengthArray<Border, 128> m_borders;  ///< before each unit and at the end
    QVarLengthArray<bool, 128> m_boundaries; ///< the same by ICU; empty: not asked
};

} // namespace teahouse
