#pragma once

#include "server/dialects/dialect.h"

#include "shared/framereader.h"

namespace teahouse::server {

/// What the doors for people at a terminal have in common: lines come in, the first word is the
/// verb. Grammar: line = verb [1*SP argument] [CR] LF.
class LineDialect : public Dialect
{
public:
    LineDialect();

    void feed(QByteArrayView bytes) override;
    Decoded next() override;
    Form form() const override { return Form::Line; }

protected:
    /// The text of a line's bytes; nothing when they are in another charset.
    virtual std::optional<QString> decode(const QByteArray &line) const;
    /// What a line that is neither blank nor broken asks for.
    virtual Request toRequest(const QString &line) const;
    /// One line for the peer, with its end.
    virtual QByteArray toLine(const QString &text) const = 0;

    /// Longer lines are taken from now on.
    void loggedIn();
    bool isLoggedIn() const { return m_loggedIn; }

    /// The verb, in lower case and without a leading slash, and its argument.
    static Request verbRequest(QStringView line);

private:
    FrameReader m_reader;
    QByteArray m_opening; ///< the first bytes, until the first line is known
    bool m_opened = false;
    bool m_loggedIn = false;
};

} // namespace teahouse::server
