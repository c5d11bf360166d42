#include "gui-client/widgets/linkwords.h"

#include <QCoreApplication>

namespace teahouse::client {

namespace {

/// A translation context for functions that belong to no class.
class LinkWords
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::LinkWords)
};

} // namespace

QString linkFaultText(LinkFault fault)
{
    switch (fault) {
    case LinkFault::NoLink:
    case LinkFault::BadForm:
        return LinkWords::tr("That is not a link to a server. It should look like "
                             "teahouse://host or teahouse://host/room.");
    case LinkFault::BadRoom:
        return LinkWords::tr("The link names a room that cannot exist. Ask for a new link.");
    case LinkFault::BadFingerprint:
        return LinkWords::tr("The fingerprint in the link is damaged. Ask for a new link.");
    case LinkFault::BadCode:
        return LinkWords::tr("The invite code in the link is damaged. Ask for a new link.");
    }
    return {};
}

QString linkContents(const JoinLink &link)
{
    QStringList contents;
    if (!link.room.isEmpty())
        contents.append(LinkWords::tr("The link leads to the room \u201c%1\u201d.").arg(link.room));
    if (!link.code.isEmpty())
        contents.append(LinkWords::tr("It invites you."));
    if (link.fingerprint)
        contents.append(LinkWords::tr("It names the key that the server must have."));
    return contents.join(u'\n');
}

QString linkAddress(const JoinLink &link)
{
    const bool isDefault = link.port == JoinLink::defaultPort;
    if (isDefault)
        return link.host;
    const QString host = link.host.contains(u':') ? u'[' + link.host + u']' : link.host;
    return host + u':' + QString::number(link.port);
}

} // namespace teahouse::client
