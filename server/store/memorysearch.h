#pragma once

#include "server/store/roommemory.h"
#include "server/store/searchwords.h"

#include <QList>

namespace teahouse::server {

/// One search through rooms in memory, newest first; of limits::searchLook items and of so much
/// text that the thread, which is everybody's, is not held up. Made for one answer; the rooms must
/// not change meanwhile.
class MemorySearch
{
public:
    static constexpr qsizetype mostText = 200'000; ///< code units; the last item may be beyond

    explicit MemorySearch(const SearchRequest &request);

    void addRoom(RoomId room, const RoomMemory &memory);
    FoundPage run();

private:
    struct Row
    {
        RoomId room = 0;
        const RoomMemory *memory = nullptr;
        qsizetype left = 0; ///< how many of the oldest items have not been looked at

        const RoomMemory::Entry &newest() const { return memory->at(left - 1); }
    };

    bool fits(const RoomMemory::Entry &entry);
    bool isExhausted(const Row &row) const;

    const SearchRequest &m_request;
    SearchWords m_words;
    QString m_from;
    qsizetype m_text = 0; ///< looked at so far
    QList<Row> m_rows;    ///< a heap, the newest item on top
};

} // namespace teahouse::server
