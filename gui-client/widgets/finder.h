#pragma once

#include "gui-client/widgets/searchpane.h"
#include "gui-client/widgets/transcriptview.h"

#include <QObject>

#include <optional>

namespace teahouse::client {

class ChatModel;
class RoomView;

/// Leads from what was found to where it was said, and back to where one was. Owned by the chat
/// window, between whose parts it stands.
class Finder : public QObject
{
    Q_OBJECT

public:
    Finder(ChatModel &model, RoomView &view, SearchPane &pane, QObject *parent = nullptr);

    void open(SearchPane::Scope scope);
    void close();

    /// Esc outside the pane: back to where the user was, or to the newest message.
    void escapeRoom();

signals:
    void shownChanged(bool shown);

    /// Something could not be shown; one line of plain text.
    void failed(const QString &text);

private:
    struct Origin
    {
        QString room;
        TranscriptView::Place place;
    };
    void lead(const QString &room, quint64 seq);
    void goBack();
    void escape();
    void setOrigin(const std::optional<Origin> &origin);

    ChatModel &m_model;
    RoomView &m_view;
    SearchPane &m_pane;
    std::optional<Origin> m_origin; ///< where one was before following a result
};

} // namespace teahouse::client
