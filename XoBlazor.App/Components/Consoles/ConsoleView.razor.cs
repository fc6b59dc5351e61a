using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Consoles;

/// <summary>
/// A VM's screen. The bytes go from the browser's own socket to the relay and never through the circuit, which only gives tickets, hears how it goes, and shows the buttons.
/// </summary>
public sealed partial class ConsoleView : IAsyncDisposable
{
    private readonly DotNetObjectReference<ConsoleView> _self;
    private ElementReference _place;
    private ElementReference _field;
    private ConsoleScript? _script;
    private ConsoleLook _look = new();
    private ConsoleStage _stage;
    private string? _words;
    private ImmutableArray<string> _viewers = [];
    private bool _isViewOnly = true;
    private bool _hasClipboard = true;
    private bool _isText;
    private bool _isFull;
    private bool _isGone;
    private bool _isOpening;
    private (long Domain, VmPowerState State) _endedAs;

    public ConsoleView() => _self = DotNetObjectReference.Create(this);

    private enum Panel
    {
        None,
        Keys,
        Type,
        Clipboard,
        View,
    }

    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    [Parameter, EditorRequired]
    public Vm Vm { get; set; } = default!;

    /// <summary>It has a page of its own, and not a part of one.</summary>
    [Parameter]
    public bool IsPage { get; set; }

    [Inject]
    private IJSRuntime Runtime { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private AuthenticationStateProvider People { get; set; } = default!;

    [Inject]
    private ConsoleTickets Tickets { get; set; } = default!;

    private string Name => Picture.NameOf(Vm);

    private bool CanType => _stage == ConsoleStage.Live && !_isViewOnly;

    private bool HasText => Picture.Get(Vm.Consoles).Any(console => console.Protocol == ConsoleProtocol.Vt100);

    private (string Icon, string Title, string? Text, string? Act, bool MayRetry)? Obstacle => View.Refusal(ConsolePage.RightFor(Vm), Picture, Vm) is { } refusal
        ? ("lock", "This console is not yours to see", refusal, null, false) : Vm.PowerState switch
        {
            VmPowerState.Halted => ("halted", $"{Name} is off", "Its console comes as soon as it is started.", "vm.start", false),
            VmPowerState.Suspended => ("suspended", $"{Name} is suspended", "Its console comes as soon as it is resumed.", "vm.resume", false),
            VmPowerState.Paused => ("paused", $"{Name} is paused", "Its console comes as soon as it goes on.", "vm.unpause", false),
            VmPowerState.Running or VmPowerState.Unrecognised => _stage == ConsoleStage.Ended ? ("console", "The console is closed", _words, null, true) : null,
        };

    private string StageWord => Vm.PowerState is VmPowerState.Running or VmPowerState.Unrecognised ? _stage switch
    {
        ConsoleStage.Closed or ConsoleStage.Opening => "Connecting",
        ConsoleStage.Live => "Live",
        ConsoleStage.Waiting => "Waiting",
        ConsoleStage.Lost => "Connection lost",
        ConsoleStage.Ended => "Closed",
    } : "Not running";

    private string StageIcon => _stage switch
    {
        ConsoleStage.Live => "connected",
        ConsoleStage.Ended => "cancelled",
        ConsoleStage.Lost => "silent",
        ConsoleStage.Closed or ConsoleStage.Opening or ConsoleStage.Waiting => "pending",
    };

    private string Tone => _stage switch
    {
        ConsoleStage.Live => "good",
        ConsoleStage.Lost => "bad",
        ConsoleStage.Waiting => "busy",
        ConsoleStage.Closed or ConsoleStage.Opening or ConsoleStage.Ended => "idle",
    };

    /// <summary>A message about the console, as the browser had it from the relay.</summary>
    [JSInvokable]
    public Task HearAsync(ConsoleNews news) => InvokeAsync(() =>
    {
        switch (news.Type)
        {
            case "open":
                (_stage, _words) = (ConsoleStage.Opening, null);
                Allow(news);
                _viewers = news.Viewers ?? [];
                break;
            case "viewers":
                _viewers = news.Viewers ?? [];
                break;
            case "rights":
                Allow(news);
                break;
            case "state":
                (_stage, _words) = news.State switch
                {
                    "live" => (ConsoleStage.Live, null),
                    "waiting" => (ConsoleStage.Waiting, news.Text),
                    "lost" => (ConsoleStage.Lost, "The connection was lost. It is tried again by itself."),
                    _ => (ConsoleStage.Opening, news.Text),
                };
                break;
            case "end":
                End(news.Text);
                break;
            case "full":
                _isFull = news.On;
                break;
        }

        StateHasChanged();
    });

    /// <summary>What opens the socket once; null when it is refused, which is then shown.</summary>
    [JSInvokable]
    public async Task<string?> TicketAsync()
    {
        try
        {
            var requester = await Actions.RequesterAsync();
            var signIn = SignInSessions.IdOf((await People.GetAuthenticationStateAsync()).User) ?? Guid.Empty;
            return Tickets.Issue(requester, signIn, Picture.Key(Vm), _isText ? ConsoleKind.Text : ConsoleKind.Screen);
        }
        catch (AdministrationRefusedException refused)
        {
            End(refused.Message);
            StateHasChanged();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        if (_script is not null)
            await _script.DisposeAsync();
        _self.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // What ended with its domain begins again with the next one.
        if (_stage == ConsoleStage.Ended && _endedAs != (Vm.Domid, Vm.PowerState) && Vm.PowerState == VmPowerState.Running)
            await CloseAsync();
        if (_script is null && !_isOpening && !_isGone && Obstacle is null)
            await OpenAsync();
    }

    private async Task OpenAsync()
    {
        (_isOpening, _stage, _words) = (true, ConsoleStage.Opening, null);
        try
        {
            var address = "/" + Assets[_isText ? "gen/consoles/text.js" : "gen/consoles/graphic.js"];
            if (await ConsoleScript.OpenAsync(Runtime, address, () => _place, _field, _self, $"Screen of {Name}", _look) is not var (script, kept))
                return;
            if (_isGone)
            {
                await script.DisposeAsync();
                return;
            }

            (_script, _look) = (script, kept ?? _look);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser is gone.
        }
        finally
        {
            _isOpening = false;
        }

        StateHasChanged();
    }

    private async Task CloseAsync()
    {
        var script = _script;
        (_script, _stage, _viewers, _panel) = (null, ConsoleStage.Closed, [], Panel.None);
        if (script is not null)
            await script.DisposeAsync();
    }

    private Task RetryAsync() => CloseAsync();

    private async Task SwitchAsync()
    {
        // Each kind has a place of its own: nothing is opened in the one that is about to go.
        _isOpening = true;
        await CloseAsync();
        (_isText, _isOpening) = (!_isText, false);
    }

    private void Allow(ConsoleNews news)
    {
        (_isViewOnly, _hasClipboard) = (news.ViewOnly, news.Clipboard);
        if (!_hasClipboard && _panel == Panel.Clipboard)
            _panel = Panel.None;
    }

    private void End(string? text)
    {
        (_stage, _words, _endedAs) = (ConsoleStage.Ended, text, (Vm.Domid, Vm.PowerState));
        (_viewers, _panel) = ([], Panel.None);
    }
}
