#pragma once

#include "gui-client/link/originals/framedcodec.h"

namespace teahouse::client {

/// The tea server's lines:
///
///     LINE = NAME ": " TEXT | "* " NAME " " TEXT | NAME " has entered the room."
///          | NAME " has left the room." | HEADER (a name a line follows) | anything else
///
/// A login is answered with silence, so that who is there is asked for in the same breath: what
/// answers that tells how the login went. A list ends with the first line that cannot be a name, or
/// when nothing more comes.
class TeaCodec : public FramedCodec
{
public:
    HeardList quiet() override;
    bool isUnsettled() const override { return m_list.has_value(); }

    QByteArray login(const QString &name) override;
    QByteArray say(const QString &frame) const override;
    QByteArray look() override;
    QByteArray who() override;
    QByteArray logout() const override;

protected:
    void takeFrame(const QString &line, HeardList &heard) override;

private:
    enum class Phase { Greeting, LoggingIn, Inside };

    void takeLoginLine(const QString &line, HeardList &heard);
    void takeLine(const QString &line, HeardList &heard);
    bool begunList(const QString &line, HeardList &heard);
    void endList(HeardList &heard);

    Phase m_phase = Phase::Greeting;
    QStringList m_early; ///< what came between the login and its answer
    std::optional<heard::Listed> m_list;
};

} // namespace teahouse::client
