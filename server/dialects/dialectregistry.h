#pragma once

#include "server/dialects/nativedialect.h"
#include "server/dialects/teadialect.h"

#include <QStringList>

#include <memory>

namespace teahouse::server {

/// All doors by name, and what their sessions share. Owned by the app; outlives every dialect it
/// has made and every House that publishes to them.
class DialectRegistry
{
public:
    explicit DialectRegistry(DialectContext context);
    Q_DISABLE_COPY_MOVE(DialectRegistry)

    /// The names a listener may be given.
    static QStringList names();
    static bool knows(const QString &name);

    /// How a connection at the door of that name speaks; null for a name it does not know.
    std::unique_ptr<Dialect> make(const QString &name) const;

private:
    DialectContext m_context;
    TeaEncoders m_tea;
    LineEncoder m_wx{"\n", "UTF-8"};
    NativeEncoder m_native;
};

} // namespace teahouse::server
