#pragma once

#include "gui-client/link/originals/framedcodec.h"

namespace teahouse::client {

/// The wx tutorial's server: statuses without an end, which may come alone or with what follows
/// them in one piece, and after the login lines like tea's with another head on the list.
class WxCodec : public FramedCodec
{
public:
    HeardList take(QByteArrayView bytes) override;
    HeardList quiet() override;
    bool isUnsettled() const override { return m_list.has_value(); }

    QByteArray login(const QString &name) override;
    QByteArray say(const QString &frame) const override;
    QByteArray look() override;
    QByteArray logout() const override;

protected:
    void takeFrame(const QString &line, HeardList &heard) override;

private:
    std::optional<Heard> takeStatus();
    void endList(HeardList &heard);

    QByteArray m_statuses; ///< not understood yet
    bool m_inside = false;
    bool m_endless = false;
    std::optional<heard::Listed> m_list;
};

} // namespace teahouse::client
