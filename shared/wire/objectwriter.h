#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QStringView>
#include <QVarLengthArray>

namespace teahouse::wire {

/// Writes one flat JSON object as a line, byte for byte as toLine() would, at a small part of its
/// cost: for what is written with every message. The caller gives the fields sorted by their keys,
/// which need no escaping.
class ObjectWriter
{
public:
    /// A string, whatever is in it: lone surrogates become `\udXXX`.
    void text(QLatin1StringView key, QStringView value);
    /// A string that needs no escaping: letters, digits, and signs other than `"` and `\`.
    void word(QLatin1StringView key, QByteArrayView value);
    void number(QLatin1StringView key, qint64 value);
    void boolean(QLatin1StringView key, bool value); // NOLINT(*-boolean*): it is the value
    void null(QLatin1StringView key);

    /// The object with its `\n`; the last call.
    QByteArray line();

private:
    void bare(QLatin1StringView key, QLatin1StringView value);
    char *begin(QLatin1StringView key, qsizetype most);
    char *room(qsizetype more);
    void end(const char *at) { m_size = at - m_bytes.data(); }

    static constexpr qsizetype customary = 1024; ///< more than nearly every line takes

    QVarLengthArray<char, customary> m_bytes = QVarLengthArray<char, customary>(customary);
    qsizetype m_size = 0; ///< how much of it is written
};

} // namespace teahouse::wire
