#pragma once

#include "server/net/readyset.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <poll.h>

#include <unordered_map>
#include <vector>

namespace teahouse::server {

/// One QSocketNotifier for each descriptor and direction: works wherever Qt does, and slows down
/// with the number of descriptors, for which Qt's event dispatchers are to blame.
///
/// What the notifiers tell is only gathered. take() then asks poll() about those descriptors, so
/// that what comes out is exact and says more than a notifier can: hung up, or still readable.
/// No notifier tells of the end of a descriptor that is not read; those are asked every second.
class NotifierSet final : public QObject, public ReadySet
{
    Q_OBJECT

public:
    NotifierSet();
    ~NotifierSet() override;

    void start(std::function<void()> tell) override;
    bool add(int descriptor, PollEvents interest, Key key) override;
    void change(int descriptor, PollEvents interest, Key key) override;
    void remove(int descriptor) override;
    std::span<const Ready> take() override;

private:
    struct Entry
    {
        Key key;
        PollEvents interest;
        bool gathered = false;
        std::unique_ptr<QSocketNotifier> reading; ///< made when it is first needed
        std::unique_ptr<QSocketNotifier> writing;
    };

    void setInterest(int descriptor, Entry &entry, PollEvents interest);
    void countUnread(int difference);
    void listen(int descriptor, Entry &entry, PollEvent direction);
    void onActivated(int descriptor, QSocketNotifier &notifier);
    void gather(int descriptor, Entry &entry);
    void tellLater();
    void lookAtUnread();

    std::unordered_map<int, Entry> m_entries; ///< by descriptor
    std::vector<int> m_gathered;              ///< descriptors that may be ready, or be gone again
    std::vector<pollfd> m_asked;
    std::vector<Ready> m_ready;
    int m_unread = 0; ///< entries without interest in reading
    QTimer m_look;
    bool m_telling = false;
    std::function<void()> m_tell;
};

} // namespace teahouse::server
