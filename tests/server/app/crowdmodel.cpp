#include "tests/server/app/crowdmodel.h"

namespace teahouse::server {

namespace {

using Member = CrowdModel::Member;

QByteArray tuple(const Member &member)
{
    return "('" + member.host + "', " + QByteArray::number(member.port) + ")";
}

QByteArray pair(const Member &member)
{
    return member.host + ":" + QByteArray::number(member.port);
}

QByteArray quoted(const QByteArray &text)
{
    return '"' + QByteArray(text).replace('\\', "\\\\").replace('"', "\\\"") + '"';
}

QByteArray item(const Member &from, const QByteArray &text, int seq)
{
    return R"("ev":"item","from":)" + quoted(from.name)
            + R"(,"kind":"message","room":"main","seq":)" + QByteArray::number(seq) + R"(,"text":)"
            + quoted(text) + R"(,"time":"T"})" + '\n';
}

/// What one member hears when another speaks.
QByteArray heard(const Member &by, const Member &from, const QByteArray &text,
                 const QByteArray &lineEnd)
{
    if (by.door == "tea")
        return from.name + ": " + text + "\r\n";
    if (by.door == "wx")
        return from.name + ": " + text + "\n";
    if (by.door == "line")
        return text + "\r\n";
    if (by.door == "nul")
        return tuple(from) + ": " + text + '\0';
    if (by.door == "relay")
        return "\r<" + tuple(from) + "> " + text + (lineEnd.isEmpty() ? "\n" : lineEnd);
    if (by.door == "guest")
        return "[" + pair(from) + "] " + text + (lineEnd.isEmpty() ? "\r\n" : lineEnd);
    return {};
}

QByteArray entered(const Member &by, const Member &who)
{
    if (by.door == "tea" || by.door == "wx")
        return who.name + " has entered the room." + (by.door == "tea" ? "\r\n" : "\n");
    if (by.door == "relay")
        return "[" + pair(who) + "] entered room\n";
    if (by.door == "guest")
        return "Client joined " + pair(who) + "\r\n";
    if (by.door == "native")
        return R"({"ev":"entered","name":)" + quoted(who.name) + R"(,"room":"main","via":)"
                + quoted(who.door) + "}\n";
    return {};
}

QByteArray left(const Member &by, const Member &who)
{
    if (by.door == "tea" || by.door == "wx")
        return who.name + " has left the room." + (by.door == "tea" ? "\r\n" : "\n");
    if (by.door == "relay")
        return "Client (" + who.host + "," + QByteArray::number(who.port) + ") is offline";
    if (by.door == "guest")
        return "Client left " + pair(who) + "\r\n";
    if (by.door == "native")
        return R"({"ev":"left","name":)" + quoted(who.name) + R"(,"reason":"","room":"main"})"
                + "\n";
    return {};
}

} // namespace

bool CrowdModel::isSilent(const Member &member)
{
    return member.door == "line" || member.door == "nul" || member.door.startsWith("echo");
}

QByteArray CrowdModel::greeting(const Member &member) const
{
    if (member.door == "tea" || member.door == "line")
        return "Welcome to Teahouse\r\n";
    if (member.door == "wx")
        return "Connect SuccessLogin Success";
    if (member.door == "guest")
        return "You're connected to the Python chatserver\r\n";
    if (member.door != "native")
        return {};
    const QByteArray last = QByteArray::number(m_said);
    return "Welcome to Teahouse\r\n"
           R"({"ok":true,"re":null,"resume":"R","rooms":[{"first":)"
            + QByteArray(m_said > 0 ? "1" : "0") + R"(,"last":)" + last
            + R"(,"level":"all","members":)" + QByteArray::number(m_members.size())
            + R"(,"mentions":0,"read":)" + last
            + R"(,"room":"main","topic":"","unread":0}],"user":{"name":)" + quoted(member.name)
            + R"(,"registered":false,"role":""}})" + '\n';
}

void CrowdModel::join(int id, const Member &member)
{
    for (auto &[other, hearer] : m_members) {
        if (!isSilent(member))
            hearer.expected += entered(hearer, member);
    }
    Member &added = m_members[id] = member;
    added.expected = greeting(member);
}

void CrowdModel::speak(int id, const QByteArray &text, const QByteArray &lineEnd)
{
    const Member speaker = m_members.at(id);
    ++m_said;
    // Tea and wx say what was typed without its line's end; the others pass it on.
    const bool passesOn = speaker.door == "line" || speaker.door == "relay"
            || speaker.door == "guest";
    for (auto &[other, hearer] : m_members) {
        const bool own = other == id;
        if (hearer.door == "native") {
            hearer.expected += (own ? R"({"cid":"c",)" : "{") + item(speaker, text, m_said);
            if (own)
                hearer.expected += R"({"ok":true,"re":null,"seq":)" + QByteArray::number(m_said)
                        + R"(,"time":"T"})" + '\n';
        } else if (!own || (hearer.door != "relay" && hearer.door != "guest")) {
            hearer.expected += heard(hearer, speaker, text, passesOn ? lineEnd : QByteArray());
        }
    }
}

void CrowdModel::leave(int id)
{
    const Member gone = m_members.at(id);
    m_members.erase(id);
    for (auto &[other, hearer] : m_members) {
        if (!isSilent(gone))
            hearer.expected += left(hearer, gone);
    }
}

} // namespace teahouse::server
