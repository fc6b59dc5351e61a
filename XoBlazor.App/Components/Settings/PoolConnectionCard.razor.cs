using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using MudBlazor;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Components.Settings;

/// <summary>Shows and changes one entry of the fleet.</summary>
public sealed partial class PoolConnectionCard
{
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
    private Actions Actions { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ILogger<PoolConnectionCard> Log { get; set; } = default!;

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

    private Task SwitchAsync() => ChangeAsync(State.Status == PoolStatus.Disabled ? "enabled" : "disabled",
        () => Fleet.SetEnabledAsync(State.Id, State.Status == PoolStatus.Disabled, CancellationToken.None));

    private Task AcceptAsync(PresentedCertificate certificate) => ChangeAsync("accepted the certificate of",
        () => Fleet.AcceptCertificateAsync(State.Id, certificate, CancellationToken.None));

    private async Task RemoveAsync()
    {
        if (await TypeToConfirm.AskAsync(Dialogs, $"Remove {State.Name}?", "Remove", State.Name, builder => builder.AddMarkupContent(0,
            "<p>XoBlazor forgets the pool's address and password and shows its objects no more. The pool itself is not touched, and what the journal recorded stays.</p>")))
            await ChangeAsync("removed", () => Fleet.RemoveAsync(State.Id, CancellationToken.None));
    }

    private async Task ChangeAsync(string what, Func<Task> change)
    {
        var actor = await Actions.ActorAsync();
        if (_isBusy || !actor.IsAdministrator)
            return;
        _isBusy = true;
        try
        {
            await change();
            LogChanged(Log, actor.Name, what, State.Name);
        }
        finally
        {
            _isBusy = false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Actor} {What} the pool {Pool}")]
    private static partial void LogChanged(ILogger log, string actor, string what, string pool);
}
