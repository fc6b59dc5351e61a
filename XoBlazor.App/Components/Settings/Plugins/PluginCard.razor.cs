using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn;

namespace XoBlazor.App.Components.Settings.Plugins;

/// <summary>Shows one plugin and does what is asked for with it.</summary>
public sealed partial class PluginCard
{
    private bool _isBusy;

    [Parameter, EditorRequired]
    public InstalledPlugin Plugin { get; set; } = default!;

    /// <summary>Does something in the name of the person at the page, which shows a refusal.</summary>
    [Parameter, EditorRequired]
    public Func<Func<Requester, Task>, Task<bool>> Act { get; set; } = default!;

    /// <summary>The wants are to be looked at.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnAccept { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnConfigure { get; set; }

    /// <summary>The configuration is wanted as a file.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnExport { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnTest { get; set; }

    [Inject]
    private PluginAdministration Plugins { get; set; } = default!;

    [Inject]
    private OperationCatalogue Operations { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private BuiltInPlugins BuiltIns { get; set; } = default!;

    private IBuiltInPlugin? BuiltIn => BuiltIns.Find(Plugin.Settings.Id);

    private string Name => ForeignText.Shown(Plugin.Settings.Manifest.Name);

    private bool IsWanted => Plugin.Status.State is PluginState.Loading or PluginState.Loaded or PluginState.Waiting;

    private async Task RemoveAsync()
    {
        if (await TypeToConfirm.AskAsync(Dialogs, $"Remove {Name}?", "Remove", null, builder => Consequence.Draw(builder, "Its configuration and all that it kept go with it. There is no way back.")))
            await DoAsync((requester, id) => Plugins.RemoveAsync(requester, id, CancellationToken.None));
    }

    private async Task DoAsync(Func<Requester, string, Task> act)
    {
        if (_isBusy)
            return;
        _isBusy = true;
        try
        {
            await Act(requester => act(requester, Plugin.Settings.Id));
        }
        finally
        {
            _isBusy = false;
        }
    }
}
