using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Components.Settings;

/// <summary>Shows and changes one entry of the fleet.</summary>
public sealed partial class PoolConnectionCard
{
    private string? _refusal;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public PoolState State { get; set; } = default!;

    [Parameter]
    public string? User { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public EventCallback OnEdit { get; set; }

    [Inject]
    private PoolFleet Fleet { get; set; } = default!;

    [Inject]
    private PoolAdministration Pools { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    private string Name => ForeignText.Shown(State.Name);

    private Look Look => State.Status switch
    {
        PoolStatus.Connected => new("connected", "Connected", Tone.Good),
        PoolStatus.Connecting => new("pending", "Connecting", Tone.Busy),
        PoolStatus.Reading => new("pending", "Reading", Tone.Busy),
        PoolStatus.Disabled => new("disabled", "Disabled", Tone.Idle),
        PoolStatus.Unreachable => new("silent", "Out of reach", Tone.Bad),
        PoolStatus.NeedsAttention => new("warning", "Needs you", Tone.Bad),
    };

    private string StatusTerm => State.Status switch
    {
        PoolStatus.Connected => "Connected since",
        PoolStatus.Disabled => "Disabled since",
        PoolStatus.Connecting or PoolStatus.Reading => "Trying since",
        PoolStatus.Unreachable or PoolStatus.NeedsAttention => "Out of reach since",
    };

    private string? Ago(DateTimeOffset? moment) => moment is { } known ? Format.Ago(known, Now) : "never";

    private Task SwitchAsync() => ChangeAsync(requester => Pools.SetEnabledAsync(requester, State, State.Status == PoolStatus.Disabled, CancellationToken.None));

    private Task AcceptAsync(PresentedCertificate certificate) =>
        ChangeAsync(requester => Pools.AcceptCertificateAsync(requester, State, certificate, CancellationToken.None));

    private async Task RemoveAsync()
    {
        if (await TypeToConfirm.AskAsync(Dialogs, $"Remove {Name}?", "Remove", Name, builder => builder.AddMarkupContent(0,
            "<p>XoBlazor forgets the pool's address and password and shows its objects no more. The pool itself is not touched, and what the journal recorded stays.</p>")))
            await ChangeAsync(requester => Pools.RemoveAsync(requester, State, CancellationToken.None));
    }

    private async Task ChangeAsync(Func<Requester, Task> change)
    {
        if (_isBusy)
            return;
        (_isBusy, _refusal) = (true, null);
        try
        {
            await change(await Actions.RequesterAsync());
        }
        catch (AdministrationRefusedException refused)
        {
            _refusal = refused.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
