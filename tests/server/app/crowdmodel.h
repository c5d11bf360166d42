#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <map>

namespace teahouse::server {

/// Predicts every byte that everybody at every door receives, from what docs/protocol.md says and
/// nothing of the server's own code.
class CrowdModel
{
public:
    struct Member
    {
        QByteArray door;
        QByteArray name;      ///< `guest~....` for those without one
        QByteArray host = {}; ///< as address doors call them: the address, or the name
        int port = 0;
        QByteArray expected = {}; ///< what still has to arrive

        bool hasName() const { return port == 0; }
    };

    /// Somebody comes in; `id` is the caller's. Gives what that one is sent itself.
    void join(int id, const Member &member);
    void speak(int id, const QByteArray &text, const QByteArray &lineEnd);
    void leave(int id);

    std::map<int, Member> &members() { return m_members; }

private:
    static bool isSilent(const Member &member);
    QByteArray greeting(const Member &member) const;

    std::map<int, Member> m_members;
    int m_said = 0;
};

} // namespace teahouse::server
