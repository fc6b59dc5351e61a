using XoBlazor.Core.Access;
using XoBlazor.Core.Notifications.Watching;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Notifications.Posting;

/// <summary>Whether somebody may hear of a thing, and in which words: by what holds at the moment it is sent. Safe from any thread.</summary>
internal sealed class RecipientJudge(AccessEngine access, ObjectStore store, INotificationPeople people, RightCatalogue rights, LastSeen seen)
{
    /// <summary>The address it goes to and how it reads there; or why it goes nowhere.</summary>
    public async Task<Verdict> JudgeAsync(OutboxEntry entry, INotificationTransport how, CancellationToken token)
    {
        if (entry.User is not { } user)
            return new(entry.Address, entry.Notification, null);
        if (await people.FindAsync(user, token) is not { } person)
            return Verdict.Withheld("The account is gone or disabled.");
        if (entry.Group is { } group && !(access.Policy.GroupsOfUsers.TryGetValue(user, out var groups) && groups.Contains(group)))
            return Verdict.Withheld($"{person.Name} is not in the group any more.");
        var actor = new Actor(person.Id, person.Name);
        if (!MayHear(actor, entry.Notification))
            return Verdict.Withheld($"{person.Name} may not view what it is about.");
        if (person.Email is not { Length: > 0 } email)
            return Verdict.Withheld($"{person.Name} has no e-mail address. Enter one in Settings → Users.");
        if (how.Fault(email) is { } fault)
            return Verdict.Withheld($"{person.Name}: {fault}");
        return new(email, Shown(actor, entry.Notification), null);
    }

    private bool MayHear(Actor actor, Notification notification)
    {
        if (notification.About is not { } key)
            return notification.Pool is { } pool && notification.Right is null ? access.AllowsPool(actor, Right.View, pool)
                : notification.Right is { } name && rights.Find(name) is { } right && access.AllowsEverywhere(actor, right);
        if (store.Current.Pool(key.Pool) is not { } around)
            return access.AllowsPool(actor, Right.View, key.Pool);
        if ((around.GetByUuid(key.Uuid) ?? around.Get(key.Uuid)) is { } there)
            return access.Allows(actor, Right.View, around, there);
        return access.AllowsPool(actor, Right.View, key.Pool) || (seen.Find(notification.Id) is { } last && access.MayRemember(actor, key.Pool, last));
    }

    // The words are ours and the hosts': what the reader may not view is not named in them.
    private Notification Shown(Actor actor, Notification notification) => notification.Pool is not { } pool ? notification
        : notification with { Title = access.Shown(actor, pool, notification.Title), Text = access.Shown(actor, pool, notification.Text) };
}

/// <param name="Address">Null when it is withheld, and <paramref name="Reason"/> says why.</param>
internal sealed record Verdict(string? Address, Notification? Shown, string? Reason)
{
    public static Verdict Withheld(string reason) => new(null, null, reason);
}
