#pragma once

#include "server/dialects/dialect.h"

#include <chrono>

namespace teahouse::server {

/// A made-up way of speaking: a word and its argument a line. `#` asks for nothing, `!` is refused,
/// `?` answered for good, and `{` changes to another form.
class TestDialect final : public Dialect
{
public:
    /// How the answer to a login goes out.
    struct Manners
    {
        bool alone = false;
        std::chrono::milliseconds pause{0};
        /// How long one may take that speaks the other form.
        std::chrono::milliseconds objectDeadline = limits::loginDeadline;
        QString room = {}; ///< where one enters without a name; empty: one logs in
    };

    TestDialect() = default;
    explicit TestDialect(Manners manners) : m_manners(std::move(manners)) { }

    std::optional<AnonymousEntry> entry() const override;
    std::chrono::milliseconds deadline() const override
    {
        return m_form == Form::Object ? m_manners.objectDeadline : limits::loginDeadline;
    }
    Output greeting() const override;
    void feed(QByteArrayView bytes) override;
    Decoded next() override;
    Output reply(const Request &request, const Reply &reply) override;
    QByteArray farewell(const Closing &closing) const override;
    const EventEncoder &encoder() const override;
    QString name() const override;
    Form form() const override { return m_form; }

private:
    Decoded decode(const QByteArray &line);

    Manners m_manners;
    Form m_form = Form::Line;
    QByteArray m_buffer;
};

} // namespace teahouse::server
