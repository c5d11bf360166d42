#pragma once

#include "shared/error.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <functional>

namespace teahouse::server {

/// A text in the form that is searched: its words in order, folded, each between two blanks. A
/// word is a run of letters, digits and marks without accents; letter case and compatibility forms
/// (full width, ligatures) do not count, nor do more than eight marks on a letter. A run in a
/// script that puts no blanks between words (Chinese, Japanese, Korean, Thai, Lao, Khmer, Myanmar)
/// stands as a word of its own, a piece, and so does a run of emoji and other symbols that are not
/// ASCII. Empty when there is no word.
QString searchForm(QStringView text);

/// The words under which a search form is found in an index: its words, and of each piece the
/// characters singly and in overlapping pairs. Words longer than an index holds are cut.
QString indexWords(const QString &form);

/// What somebody looks for: all of these words, and pieces wherever they occur. A word of three or
/// more characters stands for every word that begins so when it is the last, which may not have
/// been typed to its end, or is followed by `*`. A value.
class SearchWords
{
public:
    explicit SearchWords(QStringView text);

    /// The words of an index that begin so; empty when there are too many to name them.
    using WordsWith = std::function<QStringList(const QString &beginning)>;

    /// Nothing can be looked for: there was no word in the text.
    bool isEmpty() const { return m_terms.isEmpty(); }
    /// The refusal then.
    static Error emptyError();

    /// Whether a text, in its search form, has everything that is looked for.
    bool match(const QString &form) const;

    /// The same as a query of FTS5 over indexWords(). It may find too much (a piece of three
    /// characters by its pairs), never too little. Words that are named are found at once, while
    /// FTS5 puts together all messages of all words that begin so before it gives the first.
    QString indexQuery(const WordsWith &wordsWith) const;

private:
    struct Term
    {
        enum class Kind { Word, Beginning, Piece } kind = Kind::Word;
        QString text;
    };

    QList<Term> m_terms;
};

/// What the index depends on besides the text: the rules above and the version of Unicode. An
/// index made under another word has to be made anew.
QString searchRules();

} // namespace teahouse::server
