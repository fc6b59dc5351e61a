using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>
/// Decides who may do what on which object, for every face, before anything is called or shown. Until roles and grants exist,
/// an administrator may do everything and nobody else anything. Safe from any thread.
/// </summary>
public sealed class AccessEngine
{
    /// <summary>Null when <paramref name="actor"/> has <paramref name="right"/> on the object (on everything when no object is named), else the reason in words.</summary>
    public string? Refusal(Actor actor, Right right, ObjectKey? target) =>
        actor.IsAdministrator ? null : $"{actor.Name} does not have the right '{right.Title}' here. Ask an administrator for it.";
}
