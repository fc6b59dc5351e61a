using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Components.Access;

/// <summary>
/// Lets an administrator see the console as somebody else does: what that person may view, and nothing can be done meanwhile. Beginning and end stand
/// in the audit; it ends with the circuit. Used on the circuit's dispatcher.
/// </summary>
internal sealed class ViewAs(CircuitView view, Actions actions, AdministrationRunner runner, AccessEngine access) : IAsyncDisposable
{
    private Requester? _administrator;

    /// <summary>The administrator may not do this any more: it has to end.</summary>
    public bool IsOverdue => _administrator is { } who && !access.AllowsEverywhere(who.Actor, AdministrationRights.ViewAs);

    /// <summary>Fails with <see cref="AdministrationRefusedException"/> without the right, or when it cannot be recorded.</summary>
    public async Task StartAsync(string user, string name)
    {
        var requester = await actions.RequesterAsync();
        if (user == requester.Actor.Id)
            throw new AdministrationRefusedException("You see the console as yourself already.");
        await runner.RunAsync(requester, Act("user.view_as", AdministrationRights.ViewAs, user, name), _ =>
        {
            _administrator = requester;
            view.LookAs(new(user, name) { LimitedTo = Role.Viewer.Id });
            return Task.CompletedTask;
        }, CancellationToken.None);
    }

    /// <summary>Back to oneself. Always possible, whatever becomes of the record.</summary>
    public async Task StopAsync()
    {
        if (_administrator is not { } requester)
            return;
        var seen = view.Eyes;
        _administrator = null;
        view.LookAs(view.Self);
        await RecordEndAsync(requester, seen);
    }

    /// <summary>The browser is gone, or another page was loaded.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_administrator is { } requester)
            await RecordEndAsync(requester, view.Eyes);
        _administrator = null;
    }

    private async Task RecordEndAsync(Requester requester, Actor seen)
    {
        try
        {
            await runner.RunAsync(requester, Act("user.view_as_end", null, seen.Id, seen.Name), static _ => Task.CompletedTask, CancellationToken.None);
        }
        catch (AdministrationRefusedException)
        {
            // The audit cannot be written. Its beginning stands there; looking on would be worse than an end without a record.
        }
    }

    private static AdministrationAct Act(string action, Right? right, string user, string name) => new(right, AuditCategory.Access, action, new("user", null, user, name));
}
