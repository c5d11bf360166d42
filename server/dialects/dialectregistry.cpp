#include "server/dialects/dialectregistry.h"

#include "server/dialects/teadoor.h"
#include "server/dialects/wxdialect.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

DialectRegistry::DialectRegistry(DialectContext context) : m_context(std::move(context)) { }

QStringList DialectRegistry::names()
{
    return {u"tea"_s, u"wx"_s};
}

bool DialectRegistry::knows(const QString &name)
{
    return names().contains(name);
}

std::unique_ptr<Dialect> DialectRegistry::make(const QString &name) const
{
    if (name == "tea"_L1) {
        return std::make_unique<TeaDoor>(std::make_unique<TeaDialect>(m_context, m_tea), [this] {
            return std::make_unique<NativeDialect>(m_native);
        });
    }
    if (name == "wx"_L1)
        return std::make_unique<WxDialect>(m_wx);
    return nullptr;
}

} // namespace teahouse::server
