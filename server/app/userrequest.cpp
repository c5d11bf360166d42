#include "server/app/userrequest.h"

#include "shared/limits.h"

#include <QDateTime>
#include <QJsonArray>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

using Then = std::function<void(QJsonObject)>;

QJsonObject answer(const QStringList &lines)
{
    return {{u"ok"_s, true}, {u"lines"_s, QJsonArray::fromStringList(lines)}};
}

QJsonObject refusal(const QString &text)
{
    return {{u"ok"_s, false}, {u"lines"_s, QJsonArray{text}}};
}

House::DoneThen told(const QString &line, Then then)
{
    return [line, then = std::move(then)](const Result<Done> &done) {
        then(done ? answer({line}) : refusal(sentence(done.error())));
    };
}

QString day(qint64 time)
{
    return time == 0 ? u"never"_s
                     : QDateTime::fromMSecsSinceEpoch(time).toString(u"yyyy-MM-dd HH:mm"_s);
}

QJsonObject list(const House &house)
{
    QStringList lines;
    AccountList page;
    page.more = true;
    while (page.more) {
        page = house.accounts({page.next, limits::page});
        for (const AccountList::Account &account : std::as_const(page.accounts))
            lines.append(u"%1%2: registered %3, last here %4"_s.arg(
                    account.name, account.admin ? u" (admin)"_s : QString(), day(account.created),
                    account.online ? u"now"_s : day(account.seen)));
    }
    return answer(lines.isEmpty() ? QStringList{u"There are no accounts."_s} : lines);
}

} // namespace

void carryOutUserRequest(House &house, const QJsonObject &request, qint64 now, Then then)
{
    const QString verb = request.value("do"_L1).toString();
    const QString name = request.value("name"_L1).toString();
    const QString password = request.value("password"_L1).toString();
    const QString role = request.value("role"_L1).toString();
    const Doer shell;
    if (verb == "list"_L1)
        then(list(house));
    else if (verb == "add"_L1)
        house.addAccount(shell, name, password, now,
                         told(u"The account %1 was made."_s.arg(name), std::move(then)));
    else if (verb == "passwd"_L1)
        house.setPassword(shell, name, password, now,
                          told(u"%1 has this password now; its sessions have ended."_s.arg(name),
                               std::move(then)));
    else if (verb == "role"_L1)
        house.setRole(shell, name, role, now,
                      told(u"%1 is %2 now."_s.arg(name,
                                                  role == "admin"_L1 ? u"an administrator"_s
                                                                     : u"no administrator"_s),
                           std::move(then)));
    else if (verb == "remove"_L1)
        house.removeAccount(shell, name,
                            request.value("erase"_L1).toBool() ? Erase::Messages : Erase::Nothing,
                            now, told(u"The account %1 was removed."_s.arg(name), std::move(then)));
    else
        then(refusal(u"This server knows no \"%1\"."_s.arg(verb)));
}

} // namespace teahouse::server
