using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Operations.Forms;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Transfers;

/// <summary>Asks for a file and where it goes, and begins to send it. Closes with Ok once it was begun, or cancelled.</summary>
public sealed partial class ImportDialog
{
    private const string Vm = "sr.import_vm";
    private const string Disk = "sr.import_disk";
    private const string Iso = "sr.import_iso";

    private static readonly (string Operation, string Words)[] s_kinds = [(Vm, "A VM (XVA)"), (Disk, "A disk (raw, VHD or qcow2)"), (Iso, "An ISO")];

    private readonly string _id = $"import-{Guid.NewGuid():N}";
    private string _kind = Vm;
    private bool _isFetched;
    private ScenePool? _pool;
    private string _sr = "";
    private List<Candidate> _storage = [];
    private OperationForm? _form;
    private ChosenFile? _file;
    private string? _refusal;
    private bool _isBusy;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    /// <summary>Of the file that was dropped; null when one is to be chosen.</summary>
    [Parameter]
    public string? FileName { get; set; }

    /// <summary>Of the object or page that it is about: where to begin.</summary>
    [Parameter]
    public string Address { get; set; } = "";

    /// <summary>Begins it with what was filled in; returns why it was refused, or null.</summary>
    [Parameter, EditorRequired]
    public Func<Operation, PoolPicture, XapiObject, JsonObject, ChosenFile?, Task<string?>> Begin { get; set; } = default!;

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    private List<ScenePool> Pools => [.. View.Current.Pools.Where(pool => pool.Picture is not null).OrderBy(pool => pool.Name, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>Each import has a twin that fetches from an address.</summary>
    private Operation Chosen => Catalogue.Find(_isFetched ? $"{_kind}_from" : _kind)!;

    private string Nowhere => Pools.Count == 0 ? "There is no pool." : _kind == Iso ? "This pool has no ISO library: make one on the page of a host." : "This pool has no storage that you may view.";

    private string? WhyNot => !_isFetched && _file is null ? "Choose a file"
        : !_isFetched && _file!.Name.EndsWith(".ova", StringComparison.OrdinalIgnoreCase) ? "OVA files are not taken; export the VM as XVA"
        : _form is null ? "Choose where it goes" : _form.Problem;

    protected override void OnInitialized()
    {
        var parts = Address.Split('/', StringSplitOptions.RemoveEmptyEntries);
        _pool = Pools.Find(pool => parts.Contains(pool.Uuid, StringComparer.Ordinal)) ?? Pools.FirstOrDefault();
        var meant = parts is ["srs", _, var uuid, ..] ? _pool?.Picture?.GetByUuid<Sr>(uuid) : null;
        _kind = FileName is not null ? KindOf(FileName) : parts is ["isos"] || meant?.ContentType == "iso" ? Iso : Vm;
        Look(meant?.Uuid);
    }

    private static string KindOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".iso" => Iso,
        ".vhd" or ".qcow2" or ".raw" or ".img" => Disk,
        _ => Vm,
    };

    private void OnFile(ChosenFile? file)
    {
        (_file, _refusal) = (file, null);
        if (file is not null && KindOf(file.Name) is var kind && kind != _kind)
            SetKind(kind);
        _form?.Suggest(file);
    }

    private void SetFrom(ChangeEventArgs change)
    {
        (_isFetched, _file) = ((string?)change.Value == "address", null);
        Look(_sr);
    }

    private void SetKind(string? kind)
    {
        _kind = kind ?? Vm;
        Look(_sr);
    }

    private void SetPool(string? uuid)
    {
        _pool = Pools.Find(pool => pool.Uuid == uuid);
        Look(null);
    }

    private void SetStorage(string? uuid) => Look(uuid);

    /// <summary>What there is to choose from, and which of it: what is wanted where that is possible, else the pool's default, else the only one.</summary>
    private void Look(string? wanted)
    {
        _refusal = null;
        var (picture, operation) = (_pool?.Picture, Chosen);
        _storage = picture is null ? [] : [.. picture.All<Sr>().Where(operation.IsFor)
            .Where(sr => (sr.ContentType == "iso") == (_kind == Iso) && sr.Type != "udev" && !sr.IsToolsSr)
            .Select(sr => new Candidate(sr.Uuid, NameOf(picture, sr), Actions.Obstacle(operation, picture, sr)))
            .OrderBy(one => one.Reason is not null).ThenBy(one => one.Name, StringComparer.CurrentCultureIgnoreCase)];
        var possible = _storage.Where(one => one.Reason is null).Select(one => one.Id).ToList();
        _sr = possible.Find(id => id == wanted) ?? possible.Find(id => id == picture?.Get(picture.Pool?.DefaultSr ?? default)?.Uuid) ?? (possible.Count == 1 ? possible[0] : wanted is null ? possible.FirstOrDefault() ?? "" : "");
        var before = _form;
        _form = picture?.GetByUuid<Sr>(_sr) is { } sr ? new(operation, View, [(picture, sr)]) : null;
        if (before is not null)
            _form?.TakeOver(before);
        _form?.Suggest(_file);
    }

    private static string NameOf(PoolPicture pool, Sr sr) => SrFacts.UseOf(sr) is { Size: > 0 } use ? $"{pool.NameOf(sr)} · {Format.Bytes(use.Free)} free" : pool.NameOf(sr);

    private async Task SubmitAsync()
    {
        if (_isBusy || WhyNot is not null || _pool?.Picture is not { } picture || picture.GetByUuid<Sr>(_sr) is not { } sr)
            return;
        _isBusy = true;
        try
        {
            _refusal = await Begin(Chosen, picture, sr, _form!.Read(), _file);
            if (_refusal is null)
                Dialog.Close(DialogResult.Ok(true));
        }
        finally
        {
            _isBusy = false;
        }
    }
}
