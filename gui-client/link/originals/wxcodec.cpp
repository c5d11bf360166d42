#include "gui-client/link/originals/wxcodec.h"

#include "gui-client/link/originals/codectext.h"
#include "gui-client/link/originals/namedlines.h"
#include "shared/limits.h"

#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

struct Status
{
    QByteArrayView bytes;
    Heard meaning;
};

const QList<Status> &statuses()
{
    static const QList<Status> all = {
            {"Connect Success", heard::Ready{}},
            {"Login Success", heard::Accepted{}},
            {"UserName Empty", heard::Refused{ErrorCode::NameEmpty}},
            {"UserName Exist", heard::Refused{ErrorCode::NameTaken}},
    };
    return all;
}

} // namespace

QByteArray WxCodec::login(const QString &name)
{
    return "login " + name.toUtf8() + '\n';
}

QByteArray WxCodec::say(const QString &frame) const
{
    return "say " + frame.toUtf8() + '\n';
}

QByteArray WxCodec::look()
{
    return "look\n";
}

QByteArray WxCodec::logout() const
{
    return "logout\n";
}

HeardList WxCodec::take(QByteArrayView bytes)
{
    if (m_inside)
        return FramedCodec::take(bytes);
    HeardList heard;
    if (m_endless)
        return heard;
    m_statuses.append(bytes);
    while (!m_inside) {
        const std::optional<Heard> status = takeStatus();
        if (!status)
            break;
        heard.append(*status);
        m_inside = std::holds_alternative<heard::Accepted>(*status);
    }
    if (m_inside)
        heard.append(FramedCodec::take(std::exchange(m_statuses, {})));
    m_endless = m_statuses.size() > limits::beforeLogin;
    if (m_endless)
        heard.append(heard::Endless{});
    return heard;
}

/// The status at the beginning, or a line that is none; nothing while more bytes are needed.
std::optional<Heard> WxCodec::takeStatus()
{
    while (m_statuses.startsWith('\n') || m_statuses.startsWith('\r'))
        m_statuses.remove(0, 1);
    for (const Status &status : statuses()) {
        if (m_statuses.startsWith(status.bytes)) {
            m_statuses.remove(0, status.bytes.size());
            return status.meaning;
        }
    }
    const qsizetype end = m_statuses.indexOf('\n');
    if (end < 0)
        return std::nullopt;
    const QString line = decodedLine(QByteArrayView(m_statuses).first(end)).trimmed();
    m_statuses.remove(0, end + 1);
    return heard::Remark{line};
}

HeardList WxCodec::quiet()
{
    HeardList heard;
    endList(heard);
    return heard;
}

void WxCodec::takeFrame(const QString &line, HeardList &heard)
{
    const bool head = line == "Online Users:"_L1;
    const std::optional<Heard> known = namedLine(line);
    if (m_list && !head && !known && !line.isEmpty()) {
        m_list->names.append(line);
        return;
    }
    endList(heard);
    if (head)
        m_list = heard::Listed{};
    else if (known)
        heard.append(*known);
    else if (!line.isEmpty())
        heard.append(heard::Remark{line});
}

void WxCodec::endList(HeardList &heard)
{
    if (m_list)
        heard.append(*std::exchange(m_list, std::nullopt));
}

} // namespace teahouse::client
