using System.Collections.Immutable;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using XoBlazor.App.Accounts;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Operations;

/// <summary>
/// What the person at this circuit has set going: asks before what needs asking, starts it through the catalogue's runner, and remembers
/// the runs until they are seen. Used on the circuit's dispatcher.
/// </summary>
public sealed class Actions(OperationRunner runner, AuthenticationStateProvider people, AccessEngine access, IDialogService dialogs)
{
    /// <summary>What the audit calls the web console.</summary>
    public const string Face = "console";

    private const int MostShown = 50;

    /// <summary>Runs and refusals that this circuit has not been told to put away, the newest first.</summary>
    public ImmutableList<ActionNotice> Notices { get; private set; } = [];

    /// <summary>Who sits at this circuit, and where.</summary>
    public async Task<Requester> RequesterAsync()
    {
        var user = (await people.GetAuthenticationStateAsync()).User;
        return new(ActorOf.Principal(user), Face, user.FindFirst(SignInSessions.AddressClaim)?.Value);
    }

    /// <summary>Whether the person at this circuit has a right on the whole server.</summary>
    public async Task<bool> MayAsync(Right right) => access.AllowsEverywhere((await RequesterAsync()).Actor, right);

    /// <summary>
    /// Asks where the operation wants it, then starts it on every target for which nothing stands in the way. True when it was started on any.
    /// </summary>
    public async Task<bool> StartAsync(Operation operation, IReadOnlyList<(PoolPicture Pool, XapiObject Object)> targets)
    {
        var able = targets.Where(t => operation.Obstacle(t.Pool, t.Object) is null).ToList();
        if (able.Count == 0 || !await ConfirmedAsync(operation, targets, able))
            return false;

        var requester = await RequesterAsync();
        foreach (var (pool, target) in able)
            Add(await BeginAsync(requester, operation, pool, target));
        return true;
    }

    /// <summary>The run of this circuit that is under way on an object, if there is one.</summary>
    public OperationRun? RunningOn(ObjectKey key)
    {
        foreach (var notice in Notices)
            if (notice.Run is { Result: null } run && run.Target == key)
                return run;
        return null;
    }

    public void PutAway(ActionNotice notice) => Notices = Notices.Remove(notice);

    public void PutAwayEnded() => Notices = Notices.RemoveAll(n => n.IsEnded);

    private async Task<ActionNotice> BeginAsync(Requester requester, Operation operation, PoolPicture pool, XapiObject target)
    {
        var key = pool.Key(target);
        try
        {
            return new(operation, key, pool.NameOf(target), await runner.StartAsync(requester, operation, key, null, CancellationToken.None), null);
        }
        catch (OperationRefusedException refused)
        {
            return new(operation, key, pool.NameOf(target), null, refused.Message);
        }
    }

    private void Add(ActionNotice notice)
    {
        Notices = Notices.Insert(0, notice);
        if (Notices.Count > MostShown && Notices.FindLastIndex(n => n.IsEnded) is >= 0 and var oldest)
            Notices = Notices.RemoveAt(oldest);
    }

    private async Task<bool> ConfirmedAsync(
        Operation operation, IReadOnlyList<(PoolPicture Pool, XapiObject Object)> targets, List<(PoolPicture Pool, XapiObject Object)> able)
    {
        if (operation.Confirmation == Confirmation.None)
            return true;
        var isOne = able.Count == 1;
        var name = able[0].Pool.NameOf(able[0].Object);
        var what = isOne ? name : $"{Format.Count(able.Count)} {ObjectWords.Plural(operation.Target)}";
        // More than one, or no way back: a click is too quick.
        var expected = !isOne ? Format.Count(able.Count) : operation.Confirmation == Confirmation.TypeName ? name : null;
        return await TypeToConfirm.AskAsync(dialogs, $"{operation.Title} {what}?", isOne ? operation.Title : $"{operation.Title} {what}", expected,
            builder =>
            {
                builder.OpenComponent<ConsequenceList>(0);
                builder.AddComponentParameter(1, nameof(ConsequenceList.Operation), operation);
                builder.AddComponentParameter(2, nameof(ConsequenceList.Able), able);
                builder.AddComponentParameter(3, nameof(ConsequenceList.Unable), targets.Except(able).ToList());
                builder.CloseComponent();
            });
    }
}
