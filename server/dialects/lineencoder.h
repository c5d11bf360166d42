#pragma once

#include "server/dialects/typedline.h"

#include "shared/event.h"

#include <QByteArray>
#include <QString>

namespace teahouse::server {

/// Who says what, as lines of text, each with its speaker's prefix: a line end inside a message
/// must not let anyone speak in another's name.
QString spokenLines(const Item &item, QLatin1StringView lineEnd);

/// Events for people who read lines: what is said, who comes and goes.
class LineEncoder : public EventEncoder
{
public:
    LineEncoder(const char *lineEnd, Charset charset);

    QByteArray encode(const Event &event, Side side) const override;
    bool sidesDiffer(const Event &event) const override;

    /// Text in the charset, cleaned (cleanOutput()), line ends as they are.
    QByteArray toBytes(const QString &text) const;

private:
    QString lines(const ItemAdded &event, Side side) const;

    QLatin1StringView m_lineEnd;
    Charset m_charset;
};

} // namespace teahouse::server
