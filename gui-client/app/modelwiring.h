#pragma once

namespace teahouse::client {

class ChatModel;
class ChatSession;

/// What the session hears goes to the model, and what the model wants goes to the session. Logging
/// in is ClientApp's. Ends with the model.
void wire(ChatSession &session, ChatModel &model);

} // namespace teahouse::client
