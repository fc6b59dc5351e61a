using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;

namespace XoBlazor.App.Components.Settings.Updates;

/// <summary>Where the updates of XenServer up to 8.2 come from, how old the catalogue is, and as whom updates are downloaded.</summary>
public sealed partial class UpdateSettingsPage
{
    private CatalogueSettings? _settings;
    private CatalogueState? _state;
    private string? _open;
    private bool _isFetching;

    public override Right Needed => AdministrationRights.Updates;

    [Inject]
    private ICatalogueSettings Kept { get; set; } = default!;

    [Inject]
    private CatalogueHome Home { get; set; } = default!;

    [Inject]
    private UpdateAdministration Updates { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    /// <summary>Those that need the catalogue.</summary>
    private List<ScenePool> Pools { get; set; } = [];

    protected override async Task ReadAsync(CancellationToken token)
    {
        _settings = await Kept.GetAsync(token);
        try
        {
            _state = await Home.StateAsync(token);
        }
        catch (PatchingException told)
        {
            throw new AdministrationRefusedException(told.Message);
        }

        Pools = [.. Scene.Pools.Where(pool => pool.Picture is { } picture && picture.All<Host>().Any(host => HostGenerations.Of(host).NeedsCatalogue()))];
    }

    // It is fetched for a host that somebody looks at, which stands in no record.
    protected override bool IsOutdated() => _state is not null && Home.Last != _state;

    private static string TitleOf(string sheet) => sheet switch
    {
        "catalogue" => "Upload a catalogue",
        "client-id" => "Upload the Client-ID file",
        _ => "How the catalogue is reached",
    };

    /// <summary>The newest first.</summary>
    private static string VersionsOf(UpdateCatalogue catalogue) =>
        string.Join(", ", catalogue.Versions.Keys.OrderByDescending(text => Version.TryParse(text, out var version) ? version : new()).ThenBy(text => text, StringComparer.Ordinal));

    private void Close() => _open = null;

    private async Task FetchAsync()
    {
        if (_isFetching)
            return;
        _isFetching = true;
        try
        {
            await ActAsync(requester => Updates.FetchAsync(requester, Gone));
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        finally
        {
            _isFetching = false;
        }
    }

    private Task UploadAsync(Requester requester, string name, byte[] content) => Updates.UploadAsync(requester, name, new MemoryStream(content), CancellationToken.None);

    private Task SetClientIdAsync(Requester requester, string name, byte[] content) => Updates.SetClientIdAsync(requester, content, CancellationToken.None);

    private async Task RemoveUploadedAsync()
    {
        if (await TypeToConfirm.AskAsync(Dialogs, "Remove the uploaded catalogue?", "Remove", null, builder => Consequence.Draw(builder, "The one that is fetched counts again; without a way to its server, what hosts lack cannot be told.")))
            await ActAsync(requester => Updates.RemoveUploadedAsync(requester, CancellationToken.None));
    }

    private async Task RemoveClientIdAsync()
    {
        if (await TypeToConfirm.AskAsync(Dialogs, "Remove the Client ID?", "Remove", null, builder => Consequence.Draw(builder, "Updates of XenServer up to 8.2 cannot be downloaded without it. What hosts lack is still told.")))
            await ActAsync(requester => Updates.RemoveClientIdAsync(requester, CancellationToken.None));
    }
}
