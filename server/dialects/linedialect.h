#pragma once

#include "server/dialects/dialect.h"
#include "server/dialects/lineends.h"
#include "server/dialects/typedline.h"

#include "shared/framereader.h"

namespace teahouse::server {

/// What the doors for people at a terminal have in common: lines come in, the first word is the
/// verb, what was taken back while typing does not count.
/// Grammar: line = verb [1*SP argument] ( CR [LF] / LF ).
class LineDialect : public Dialect
{
public:
    LineDialect();

    void feed(QByteArrayView bytes) override;
    Decoded next() override;
    Form form() const override { return Form::Line; }

protected:
    /// What the bytes of a line mean.
    virtual Charset charset() const { return Charset::Utf8; }
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
    LineEnds m_lineEnds;
    FrameReader m_reader;
    QByteArray m_opening; ///< the first bytes, until the first line is known
    bool m_opened = false;
    bool m_loggedIn = false;
};

} // namespace teahouse::server
