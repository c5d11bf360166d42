#include "gui-client/link/originals/nulcodec.h"

#include "gui-client/link/originals/codectext.h"

#include <QRegularExpression>

namespace teahouse::client {

using namespace Qt::StringLiterals;

NulCodec::NulCodec() : FramedCodec('\0') { }

QByteArray NulCodec::say(const QString &frame) const
{
    return frame.toUtf8() + '\0';
}

void NulCodec::takeFrame(const QString &text, HeardList &heard)
{
    static const QRegularExpression form(u"\\A\\(('[^']+', [\\d, ]+)\\): (.*)\\z"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = form.match(text);
    const auto speaker = match.hasMatch() ? speakerOfTuple(match.captured(1)) : std::nullopt;
    if (speaker)
        heard.append(heard::Spoken{*speaker, match.captured(2)});
    else
        heard.append(heard::Remark{text});
}

} // namespace teahouse::client
