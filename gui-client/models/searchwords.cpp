#include "gui-client/models/searchwords.h"

#include <QRegularExpression>

#include <algorithm>

namespace teahouse::client {

QStringList searchWords(const QString &text)
{
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    return text.split(blanks, Qt::SkipEmptyParts);
}

namespace {

/// Whether a place is inside a word of letters; Chinese characters are words of their own.
bool isInside(const QString &text, qsizetype at)
{
    const auto joins = [&](qsizetype i) {
        return i >= 0 && i < text.size() && text.at(i).isLetterOrNumber()
                && text.at(i).unicode() < 0x0E00; // behind it scripts are written without blanks
    };
    return joins(at - 1) && joins(at);
}

} // namespace

QList<std::pair<qsizetype, qsizetype>> findWords(const QString &text, const QStringList &words)
{
    QList<std::pair<qsizetype, qsizetype>> found;
    for (const QString &word : words) {
        qsizetype at = word.isEmpty() ? -1 : text.indexOf(word, 0, Qt::CaseInsensitive);
        while (at >= 0) {
            if (!isInside(text, at))
                found.append({at, word.size()});
            at = text.indexOf(word, at + word.size(), Qt::CaseInsensitive);
        }
    }
    std::sort(found.begin(), found.end());
    QList<std::pair<qsizetype, qsizetype>> merged;
    for (const auto &[start, length] : std::as_const(found)) {
        const qsizetype end = merged.isEmpty() ? -1 : merged.last().first + merged.last().second;
        if (start <= end)
            merged.last().second = std::max(end, start + length) - merged.last().first;
        else
            merged.append({start, length});
    }
    return merged;
}

} // namespace teahouse::client
