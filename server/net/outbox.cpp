#include "server/net/outbox.h"

#include <algorithm>
#include <array>
#include <utility>

namespace teahouse::server {

namespace {

/// Chunks handed to the transport at once.
constexpr size_t chunksAtOnce = 64;
/// What is copied behind the chunk before it: less work than another entry in the list and in the
/// kernel's.
constexpr qsizetype smallChunk = 512;
/// Small chunks are put together up to here.
constexpr qsizetype mergedChunk = 4096;
/// An emptied list of more entries than this is given back.
constexpr size_t keptCapacity = 8;
/// Entries that were written stay in the list until there are so many.
constexpr size_t writtenEntries = 64;

/// Whether to copy `bytes` to the end of `chunk`, which is then no longer shared.
bool mayMerge(const QByteArray &chunk, const QByteArray &bytes)
{
    return bytes.size() <= smallChunk && chunk.size() + bytes.size() <= mergedChunk
            && (chunk.size() <= smallChunk || chunk.isDetached());
}

} // namespace

Outbox::Outbox(qsizetype &total) : m_total(&total) { }

Outbox::~Outbox()
{
    changeSize(-m_size);
}

Outbox::Outbox(Outbox &&other) noexcept
    : m_first(std::exchange(other.m_first, {})), m_more(std::exchange(other.m_more, {})),
      m_next(std::exchange(other.m_next, 0)), m_written(std::exchange(other.m_written, 0)),
      m_size(std::exchange(other.m_size, 0)), m_total(other.m_total)
{
}

void Outbox::append(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    if (m_size == 0)
        m_first = bytes;
    else if (QByteArray *last = lastUnbegun(); last && mayMerge(*last, bytes))
        last->append(bytes);
    else
        m_more.push_back(bytes);
    changeSize(bytes.size());
}

QByteArray *Outbox::lastUnbegun()
{
    if (m_next < m_more.size())
        return &m_more.back();
    return m_written == 0 ? &m_first : nullptr;
}

Transport::Status Outbox::writeTo(Transport &transport)
{
    while (m_size > 0) {
        const Transport::Moved moved = writeSome(transport);
        if (moved.bytes == m_size)
            clear(); // nearly always so
        else
            taken(moved.bytes);
        if (moved.status != Transport::Status::Fine)
            return moved.status;
    }
    return Transport::Status::Fine;
}

void Outbox::dropUnbegun(qsizetype begun)
{
    if (m_written == 0 && begun == 0) {
        clear();
        return;
    }
    qsizetype kept = m_first.size() - m_written;
    size_t last = m_next;
    while (kept < begun && last < m_more.size())
        kept += m_more[last++].size();
    if (last == m_next)
        clearMore();
    else
        m_more.resize(last);
    changeSize(kept - m_size);
}

void Outbox::clear()
{
    m_first.clear();
    if (!m_more.empty())
        clearMore();
    m_written = 0;
    changeSize(-m_size);
}

void Outbox::clearMore()
{
    m_more.clear();
    m_next = 0;
    if (m_more.capacity() > keptCapacity)
        m_more.shrink_to_fit();
}

Transport::Moved Outbox::writeSome(Transport &transport)
{
    const QByteArrayView rest = QByteArrayView(m_first).sliced(m_written);
    const size_t behind = m_more.size() - m_next;
    if (behind == 0)
        return transport.write(std::span(&rest, 1));
    std::array<QByteArrayView, chunksAtOnce> chunks;
    chunks[0] = rest;
    const size_t count = std::min(behind, chunksAtOnce - 1);
    std::copy_n(m_more.begin() + std::ptrdiff_t(m_next), count, chunks.begin() + 1);
    return transport.write(std::span(chunks).first(count + 1));
}

void Outbox::taken(qsizetype bytes)
{
    changeSize(-bytes);
    m_written += bytes;
    while (m_written > 0 && m_written >= m_first.size()) {
        m_written -= m_first.size();
        nextChunk();
    }
}

void Outbox::nextChunk()
{
    if (m_next == m_more.size()) {
        m_first.clear();
        return;
    }
    m_first = std::move(m_more[m_next++]);
    if (m_next == m_more.size()) {
        clearMore();
    } else if (m_next >= writtenEntries && m_next * 2 > m_more.size()) {
        m_more.erase(m_more.begin(), m_more.begin() + std::ptrdiff_t(m_next));
        m_next = 0;
    }
}

void Outbox::changeSize(qsizetype difference)
{
    m_size += difference;
    *m_total += difference;
}

} // namespace teahouse::server
