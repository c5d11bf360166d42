#include "gui-client/link/originals/teacodec.h"

#include "gui-client/link/originals/codectext.h"
#include "gui-client/link/originals/namedlines.h"

#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

QByteArray TeaCodec::login(const QString &name)
{
    m_phase = Phase::LoggingIn;
    return "login " + name.toUtf8() + "\r\nlook\r\n";
}

QByteArray TeaCodec::say(const QString &frame) const
{
    return "say " + frame.toUtf8() + "\r\n";
}

QByteArray TeaCodec::look()
{
    return "look\r\n";
}

QByteArray TeaCodec::who()
{
    return "who\r\n";
}

QByteArray TeaCodec::logout() const
{
    return "logout\r\n";
}

HeardList TeaCodec::quiet()
{
    HeardList heard;
    endList(heard);
    return heard;
}

void TeaCodec::takeFrame(const QString &line, HeardList &heard)
{
    switch (m_phase) {
    case Phase::Greeting:
        m_phase = Phase::LoggingIn;
        heard.append(heard::Ready{serverNameIn(line)});
        break;
    case Phase::LoggingIn:
        takeLoginLine(line, heard);
        break;
    case Phase::Inside:
        takeLine(line, heard);
        break;
    }
}

void TeaCodec::takeLoginLine(const QString &line, HeardList &heard)
{
    if (line.startsWith("The name \""_L1) && line.contains("taken"_L1)) {
        heard.append(heard::Refused{ErrorCode::NameTaken, line});
    } else if (line == "Please enter a name"_L1) {
        heard.append(heard::Refused{ErrorCode::NameEmpty, line});
    } else if (line == "Please log in"_L1) {
        // To the question who is there: the line before it said why not.
        heard.append(
                heard::Refused{ErrorCode::NotAllowed, m_early.isEmpty() ? line : m_early.last()});
    } else if (begunList(line, heard)) {
        m_phase = Phase::Inside;
        heard.append(heard::Accepted{});
        for (const QString &early : std::exchange(m_early, {}))
            heard.append(namedLine(early).value_or(heard::Remark{early}));
    } else if (!line.startsWith("Use \"login"_L1) && m_early.size() < 100) {
        m_early.append(line);
    }
}

void TeaCodec::takeLine(const QString &line, HeardList &heard)
{
    if (begunList(line, heard))
        return;
    const std::optional<Heard> known = namedLine(line);
    if (!known && m_list && !line.isEmpty()) {
        m_list->names.append(line);
        return;
    }
    endList(heard);
    if (known)
        heard.append(*known);
    else if (!line.isEmpty())
        heard.append(heard::Remark{line});
}

bool TeaCodec::begunList(const QString &line, HeardList &heard)
{
    const bool room = line == "The following are in this room:"_L1;
    if (!room && line != "The following are logged in:"_L1)
        return false;
    endList(heard);
    m_list = heard::Listed{{}, !room};
    return true;
}

void TeaCodec::endList(HeardList &heard)
{
    if (m_list)
        heard.append(*std::exchange(m_list, std::nullopt));
}

} // namespace teahouse::client
