using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Consoles;

/// <summary>Leave to open one console.</summary>
/// <param name="Session">The sign-in that it was given in.</param>
public sealed record ConsoleTicket(Requester Requester, Guid Session, ObjectKey Vm, ConsoleKind Kind);
