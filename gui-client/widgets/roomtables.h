#pragma once

#include "gui-client/widgets/tablepane.h"

namespace teahouse::client {

class AccountModel;
class AuditModel;
class RoomDirectoryModel;
class SanctionModel;

/// Panes for the tables that several windows show, each with its captions and words.
namespace roomtables {

TablePane *rooms(RoomDirectoryModel &model, QWidget *parent);
TablePane *accounts(AccountModel &model, QWidget *parent);

/// With a button that lifts what is selected.
TablePane *sanctions(SanctionModel &model, QWidget *parent);
TablePane *audit(AuditModel &model, QWidget *parent);

} // namespace roomtables
} // namespace teahouse::client
