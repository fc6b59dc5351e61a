using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Consoles;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations.Forms;
using XoBlazor.App.Components.Transfers;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Components.Operations;

/// <summary>
/// What the person at this circuit has set going: asks before what needs asking, starts it through the catalogue's runner, and remembers
/// the runs until they are seen. Used on the circuit's dispatcher.
/// </summary>
public sealed class Actions(OperationRunner runner, AuthenticationStateProvider people, CircuitView view, IDialogService dialogs, NavigationManager navigation, BrowserTransfers transfers)
{
    /// <summary>What the audit calls the web console.</summary>
    public const string Face = "console";

    private const int MostShown = 50;

    private ImmutableList<ActionNotice> _notices = [];

    /// <summary>Runs and refusals that this circuit has not been told to put away, the newest first; only on what may still be viewed.</summary>
    public IReadOnlyList<ActionNotice> Notices => _notices.IsEmpty ? _notices : [.. _notices.Where(n => view.Shows(n.Target.Pool, n.Object))];

    /// <summary>
    /// Who sits at this circuit, and where. Fails with <see cref="AdministrationRefusedException"/> while they look as somebody else: then nothing is
    /// done, neither in one name nor in the other.
    /// </summary>
    public async Task<Requester> RequesterAsync()
    {
        if (view.IsSomebodyElse)
            throw new AdministrationRefusedException(SomebodyElsesReason);
        var user = (await people.GetAuthenticationStateAsync()).User;
        return new(ActorOf.Principal(user), Face, user.FindFirst(SignInSessions.AddressClaim)?.Value);
    }

    /// <summary>Whether the person at this circuit has a right on the whole server.</summary>
    public async Task<bool> MayAsync(Right right)
    {
        await view.OpenAsync();
        return view.May(right);
    }

    /// <summary>Why an operation is not possible for the person at this circuit, or not now; null when it is.</summary>
    public string? Obstacle(Operation operation, PoolPicture pool, XapiObject target) =>
        view.IsSomebodyElse ? SomebodyElsesReason
        : operation.Rights.Any(right => view.May(right, pool, target)) ? operation.Obstacle(pool, target)
        : view.Refusal(operation.Right, pool, target);

    /// <summary>Where the console of a VM is; null for what has none now, or none for the person at this circuit.</summary>
    public string? ConsoleOf(PoolPicture pool, XapiObject target) =>
        target is Vm { PowerState: VmPowerState.Running } vm && ConsolePage.HasConsole(vm) && !view.IsSomebodyElse && view.May(ConsolePage.RightFor(vm), pool, vm) ? ConsolePage.UrlOf(pool.Uuid, vm) : null;

    /// <summary>
    /// Asks where the operation wants it or needs to know something, then starts it on every target for which nothing stands in the way. True when it was started on any.
    /// </summary>
    /// <param name="chosen">What is chosen in the dialog to begin with.</param>
    public async Task<bool> StartAsync(Operation operation, IReadOnlyList<(PoolPicture Pool, XapiObject Object)> targets, JsonObject? chosen = null)
    {
        var able = targets.Where(t => Obstacle(operation, t.Pool, t.Object) is null).ToList();
        if (able.Count == 0)
            return false;
        if (operation == VmCopyOperations.Copy || operation == VmCopyOperations.Move)
            return await CopyAsync(targets, operation == VmCopyOperations.Move);
        if (OperationLooks.PageOf(operation, able[0].Pool.Key(able[0].Object)) is { } page)
        {
            navigation.NavigateTo(page);
            return true;
        }

        // What lifts an obstacle is asked only where there is one; where bytes go along it is asked which, or in what form.
        if (operation.Bytes != TransferDirection.None || operation.Parameters.Any(parameter => !parameter.IsOverride) || able.Any(t => operation.Liftable(t.Pool, t.Object) is not null))
            return await AskAndBeginAsync(operation, targets, able, chosen);
        if (!await ConfirmedAsync(operation, targets, able))
            return false;
        await BeginAllAsync(operation, able, null);
        return true;
    }

    /// <summary>The run of this circuit that is under way on an object, if there is one.</summary>
    public OperationRun? RunningOn(ObjectKey key)
    {
        foreach (var notice in _notices)
            if (notice.Run is { Result: null } run && run.Target == key)
                return run;
        return null;
    }

    /// <summary>What runs of this circuit have made: whoever made something looks for it.</summary>
    public IReadOnlySet<ObjectKey> Made => _notices.IsEmpty ? ImmutableHashSet<ObjectKey>.Empty : _notices.Select(notice => notice.Run?.Result?.Made).OfType<ObjectKey>().ToHashSet();

    public void PutAway(ActionNotice notice) => ImmutableInterlocked.Update(ref _notices, notices => notices.Remove(notice));

    public void PutAwayEnded() => ImmutableInterlocked.Update(ref _notices, notices => notices.RemoveAll(n => n.IsEnded));

    private string SomebodyElsesReason => $"You see the console as {view.Eyes.Name} does. Stop that to act.";

    /// <summary>
    /// What an operation that only asks has found out; a page shows it, and no notice. Fails with <see cref="OperationRefusedException"/> or <see cref="AdministrationRefusedException"/>.
    /// </summary>
    public async Task<OperationResult> AskAsync(Operation operation, PoolPicture pool, XapiObject target) =>
        await (await runner.StartAsync(await RequesterAsync(), operation, pool.Key(target), null, CancellationToken.None)).Completion;

    /// <summary>Begins what was asked for on a page of its own. Returns why it was refused, or null.</summary>
    public async Task<string?> BeginAsync(Operation operation, PoolPicture pool, XapiObject target, JsonObject given)
    {
        var begun = await BeginAsync(await RequesterAsync(), operation, pool, target, given);
        if (begun.Refusal is null)
            Add(begun);
        return begun.Refusal;
    }

    /// <summary>Asks for a file, where it is to go and what is to become of it, and begins that. True when it was begun.</summary>
    /// <param name="fileName">Of the file that was dropped; null when one is to be chosen.</param>
    /// <param name="address">Of the object or page that it is about.</param>
    public async Task<bool> ImportAsync(string? fileName = null, string? address = null)
    {
        if (view.IsSomebodyElse)
            return false;
        var parameters = new DialogParameters<ImportDialog> { { d => d.FileName, fileName }, { d => d.Address, address ?? new Uri(navigation.Uri).AbsolutePath }, { d => d.Begin, BeginImportAsync } };
        var dialog = await dialogs.ShowAsync<ImportDialog>("Import", parameters, new DialogOptions { CloseOnEscapeKey = true, BackdropClick = false, MaxWidth = MaxWidth.Small, FullWidth = true });
        return await dialog.Result is { Canceled: false };
    }

    /// <summary>Asks where VMs are copied or moved to, and begins that. True when it was begun.</summary>
    /// <param name="isMove">They are to go, not to stay, unless the person chooses otherwise.</param>
    /// <param name="pool">The uuid of the pool to begin with.</param>
    /// <param name="storage">The uuid of the storage to begin with.</param>
    public async Task<bool> CopyAsync(IReadOnlyList<(PoolPicture Pool, XapiObject Object)> targets, bool isMove, string? pool = null, string? storage = null)
    {
        var parameters = new DialogParameters<CopyDialog>
        {
            { d => d.Targets, targets }, { d => d.IsMove, isMove }, { d => d.Pool, pool }, { d => d.Storage, storage }, { d => d.Begin, BeginEachAsync },
        };
        var dialog = await dialogs.ShowAsync<CopyDialog>(isMove ? "Move" : "Copy", parameters, new DialogOptions { CloseOnEscapeKey = true, BackdropClick = false, MaxWidth = MaxWidth.Medium, FullWidth = true });
        return await dialog.Result is { Canceled: false };
    }

    /// <summary>A VM was dropped on something in the tree: on a host of its pool it migrates, in another pool it is moved or, where it cannot go now, copied. True when that was begun.</summary>
    /// <param name="from">The address of the VM.</param>
    /// <param name="onto">The address of what it was dropped on.</param>
    public async Task<bool> DropAsync(string from, string onto)
    {
        if (view.IsSomebodyElse || ObjectUrl.Find(view.Objects, from) is not { Object: Vm vm } source || ObjectUrl.Find(view.Objects, onto) is not { } target)
            return false;
        if (target.Pool.Uuid != source.Pool.Uuid)
            return await CopyAsync([(source.Pool, vm)], Obstacle(VmCopyOperations.Move, source.Pool, vm) is null, target.Pool.Uuid, (target.Object as Sr)?.Uuid);
        return target.Object is Host host && host.Ref != vm.ResidentOn.Value
            && await StartAsync(VmManageOperations.Migrate, [(source.Pool, vm)], new() { ["targetHost"] = host.Uuid });
    }

    /// <summary>Begins an import: from a file of the browser's, or from an address, with which the browser has nothing to do.</summary>
    private Task<string?> BeginImportAsync(Operation operation, PoolPicture pool, XapiObject target, JsonObject given, ChosenFile? file) =>
        operation.Bytes == TransferDirection.None ? BeginAsync(operation, pool, target, given) : BeginTransferAsync(operation, pool, target, given, file);

    /// <summary>Begins what sends bytes to the browser, or takes a file from it. Returns why it was refused, or null.</summary>
    private async Task<string?> BeginTransferAsync(Operation operation, PoolPicture pool, XapiObject target, JsonObject given, ChosenFile? file)
    {
        var (key, name) = (pool.Key(target), pool.NameOf(target));
        try
        {
            await transfers.BeginAsync(
                await RequesterAsync(), operation, key, given, file, run => Add(new(operation, key, target, name, run, null)), refusal => Add(new(operation, key, target, name, null, refusal)));
            return null;
        }
        catch (OperationRefusedException refused)
        {
            return refused.Message;
        }
    }

    private async Task BeginAllAsync(Operation operation, IEnumerable<(PoolPicture Pool, XapiObject Object)> targets, JsonObject? arguments)
    {
        var requester = await RequesterAsync();
        foreach (var (pool, target) in targets)
            Add(await BeginAsync(requester, operation, pool, target, arguments));
    }

    // What one is refused for can be put right where it was asked; of several, each says for itself how it went.
    private async Task<string?> BeginEachAsync(Operation operation, IReadOnlyList<(PoolPicture Pool, XapiObject Object, JsonObject Given)> all)
    {
        if (all is [var (pool, target, given)])
            return await BeginAsync(operation, pool, target, given);
        var requester = await RequesterAsync();
        foreach (var one in all)
            Add(await BeginAsync(requester, operation, one.Pool, one.Object, one.Given));
        return null;
    }

    private async Task<ActionNotice> BeginAsync(Requester requester, Operation operation, PoolPicture pool, XapiObject target, JsonObject? arguments)
    {
        var key = pool.Key(target);
        try
        {
            return new(operation, key, target, pool.NameOf(target), await runner.StartAsync(requester, operation, key, arguments, CancellationToken.None), null);
        }
        catch (OperationRefusedException refused)
        {
            return new(operation, key, target, pool.NameOf(target), null, refused.Message);
        }
    }

    /// <summary>What is named in a dialog is of one pool: targets of others are left out where an object is asked for.</summary>
    private async Task<bool> AskAndBeginAsync(
        Operation operation, IReadOnlyList<(PoolPicture Pool, XapiObject Object)> targets, List<(PoolPicture Pool, XapiObject Object)> able, JsonObject? chosen)
    {
        if (operation.Parameters.SelectMany(parameter => parameter.WithParts()).Any(parameter => parameter.Kind == ParameterKind.Object))
            able = [.. able.Where(one => one.Pool.Uuid == able[0].Pool.Uuid)];
        var words = Words(operation, able);
        var parameters = new DialogParameters<OperationDialog>
        {
            { d => d.Operation, operation }, { d => d.Title, words.Title }, { d => d.Verb, words.Verb }, { d => d.Able, able }, { d => d.Unable, [.. targets.Except(able)] },
            { d => d.Expected, operation.Confirmation == Confirmation.None ? null : words.Expected }, { d => d.Begin, BeginGivenAsync }, { d => d.Chosen, chosen },
        };
        return await OperationDialog.AskAsync(dialogs, parameters, words.Title, isLarge: operation.Parameters.Length > 6);

        // What one object is refused for can be put right in the dialog; of several, each says for itself how it went.
        async Task<string?> BeginGivenAsync(JsonObject given, ChosenFile? file)
        {
            if (operation.Bytes != TransferDirection.None)
                return await BeginTransferAsync(operation, able[0].Pool, able[0].Object, given, file);
            if (able.Count > 1)
            {
                await BeginAllAsync(operation, able, given);
                return null;
            }

            return await BeginAsync(operation, able[0].Pool, able[0].Object, given);
        }
    }

    // Transfers tell from the request that carries them.
    internal void Add(ActionNotice notice) => ImmutableInterlocked.Update(ref _notices, notices =>
    {
        var all = notices.Insert(0, notice);
        return all.Count > MostShown && all.FindLastIndex(n => n.IsEnded) is >= 0 and var oldest ? all.RemoveAt(oldest) : all;
    });

    private async Task<bool> ConfirmedAsync(
        Operation operation, IReadOnlyList<(PoolPicture Pool, XapiObject Object)> targets, List<(PoolPicture Pool, XapiObject Object)> able)
    {
        if (operation.Confirmation == Confirmation.None)
            return true;
        var (title, verb, expected) = Words(operation, able);
        return await TypeToConfirm.AskAsync(dialogs, title, verb, expected,
            builder =>
            {
                builder.OpenComponent<ConsequenceList>(0);
                builder.AddComponentParameter(1, nameof(ConsequenceList.Operation), operation);
                builder.AddComponentParameter(2, nameof(ConsequenceList.Able), able);
                builder.AddComponentParameter(3, nameof(ConsequenceList.Unable), targets.Except(able).ToList());
                builder.CloseComponent();
            });
    }

    /// <param name="Expected">More than one, or no way back: a click is too quick.</param>
    private static (string Title, string Verb, string? Expected) Words(Operation operation, List<(PoolPicture Pool, XapiObject Object)> able)
    {
        var isOne = able.Count == 1;
        var name = able[0].Pool.NameOf(able[0].Object);
        var what = isOne ? name : $"{Format.Count(able.Count)} {ObjectWords.Plural(operation.Target)}";
        var title = operation.Confirmation == Confirmation.None ? $"{operation.Title} · {what}" : $"{operation.Title} {what}?";
        return (title, isOne ? (operation.Group == OperationGroup.Change && operation.Name.EndsWith(".set", StringComparison.Ordinal) ? "Save" : operation.Title) : $"{operation.Title} {what}", !isOne ? Format.Count(able.Count) : operation.Confirmation == Confirmation.TypeName ? name : null);
    }
}
