using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Panels;
using XoBlazor.Core.Store;
using XoBlazor.Plugins;

namespace XoBlazor.App.Components.Plugins;

/// <summary>One page, tab, tile or action of a plugin: asks for it, asks again when it is time or the plugin says so, and takes to it what is pressed there.</summary>
public sealed partial class PanelView
{
    private readonly string _id = $"panel-{Guid.NewGuid():N}"[..16];
    private ErrorBoundary? _boundary;
    private Task? _asking;
    private Panel? _panel;
    private PanelAnswer? _answer;
    private string? _problem;
    private string? _useRefusal;
    private bool _isActing;
    private DateTimeOffset _next = DateTimeOffset.MaxValue;
    private (string Key, ObjectKey? About)? _asked;
    private int _rights;
    private volatile bool _hasNews;

    [Parameter, EditorRequired]
    public PluginContribution Shown { get; set; } = default!;

    /// <summary>The object that it is about; null for pages and tiles.</summary>
    [Parameter]
    public ObjectKey? About { get; set; }

    [Parameter]
    public bool IsInSheet { get; set; }

    /// <summary>Something was done by it.</summary>
    [Parameter]
    public EventCallback OnActed { get; set; }

    [Inject]
    private PluginPanels Panels { get; set; } = default!;

    [Inject]
    private PanelNews News { get; set; } = default!;

    [Inject]
    private PluginFleet Fleet { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    protected override bool FollowsTime => true;

    protected override void OnInitialized()
    {
        News.Changed += OnNews;
        Fleet.Changed += OnFleet;
    }

    protected override void OnParametersSet()
    {
        if (_asked == (Shown.Key, About))
            return;
        _asked = (Shown.Key, About);
        (_panel, _answer, _problem) = (null, null, null);
        Ask();
    }

    // Objects come and go without it; what it names is drawn anew when it is asked for again.
    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        // A question that was for other eyes is not waited for.
        if (View.Rights != _rights)
            _asking = null;
        if (_asking is null && (_hasNews || Now >= _next || View.Rights != _rights))
            Ask();
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        News.Changed -= OnNews;
        Fleet.Changed -= OnFleet;
        base.Dispose(disposing);
    }

    private void Ask()
    {
        (_hasNews, _next, _rights) = (false, DateTimeOffset.MaxValue, View.Rights);
        var asking = ReadAsync(Shown, About, View.Rights);
        _asking = asking.IsCompleted ? null : asking;
    }

    private async Task ReadAsync(PluginContribution shown, ObjectKey? about, int rights)
    {
        Panel? panel = null;
        string? problem = null;
        try
        {
            panel = await Panels.GetAsync(View.Eyes, shown, about, Gone);
        }
        catch (PluginException silent)
        {
            problem = silent.Message;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (Gone.IsCancellationRequested || _asked != (shown.Key, about) || rights != View.Rights)
            return;
        (_asking, _problem) = (null, problem);
        // What may not be seen any more does not stay; what only is silent does, with the word that it is old.
        if (panel is not null || Panels.Refusal(View.Eyes, shown, about) is not null)
            _panel = panel;
        _useRefusal = View.IsSomebodyElse ? $"You see the console as {View.Eyes.Name} does. Stop that to act." : Panels.UseRefusal(View.Eyes, shown, about);
        _next = panel?.Refresh is { } often ? Pulse.Now + often : problem is not null ? Pulse.Now + TimeSpan.FromSeconds(30) : DateTimeOffset.MaxValue;
        _boundary?.Recover();
        StateHasChanged();
    }

    private async Task ActAsync(PanelPress press)
    {
        if (_isActing)
            return;
        (_isActing, _answer) = (true, null);
        try
        {
            _answer = await Panels.ActAsync(await Actions.RequesterAsync(), Shown, About, press.Action, press.Values, Gone) ?? new("Done.");
            await OnActed.InvokeAsync();
        }
        catch (Exception refused) when (refused is PluginException or AdministrationRefusedException)
        {
            _answer = new(refused.Message, PanelTone.Bad);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            _isActing = false;
        }

        if (_asking is null)
            Ask();
        else
            _hasNews = true;
    }

    private void OnNews(string plugin, string? panel, string? uuid)
    {
        if (plugin == Shown.Plugin && (panel is null || panel == Shown.Want.Id) && (uuid is null || uuid == About?.Uuid))
            _hasNews = true;
    }

    // It may be loaded again, or another version of it.
    private void OnFleet() => _hasNews |= _problem is not null;
}
