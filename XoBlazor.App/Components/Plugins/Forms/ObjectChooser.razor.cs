using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Plugins.Forms;

/// <summary>Chooses among what the person may view: objects by uuid, tags by their words, people and groups by their ids. An id that is not offered may be typed.</summary>
public sealed partial class ObjectChooser
{
    private const int MostShown = 8;

    private string _text = "";
    private ImmutableArray<ChooserOption> _options = [];
    private ImmutableArray<ChooserOption>? _people;
    private string? _says;
    private string? _more;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public ChooserKind Kind { get; set; }

    [Parameter]
    public bool IsMany { get; set; }

    /// <summary>What is chosen; changed in place.</summary>
    [Parameter, EditorRequired]
    public List<string> Chosen { get; set; } = [];

    [Inject]
    private AdministrationReader Accounts { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    private string Placeholder => Kind switch
    {
        ChooserKind.Tag => "A tag",
        ChooserKind.User or ChooserKind.Group => "A name",
        _ => "A name or a uuid",
    };

    // Names change seldom, and what is typed asks anew.
    protected override bool IsDifferent(Scene before) => false;

    protected override async Task OnInitializedAsync()
    {
        if (Kind == ChooserKind.User && View.May(AdministrationRights.Users))
            _people = [.. (await Accounts.UsersAsync(Gone)).Select(user => new ChooserOption(user.Id.ToString(), ForeignText.Shown(user.Name), "user", ""))];
        else if (Kind == ChooserKind.Group && View.May(AdministrationRights.Groups))
            _people = [.. (await Accounts.GroupsAsync(Gone)).Select(group => new ChooserOption(group.Id.ToString(), ForeignText.Shown(group.Name), "group", ""))];
    }

    private void Type(string text)
    {
        _text = text;
        Search();
    }

    private void Open() => Search();

    private void Close()
    {
        (_options, _more) = ([], null);
        // Who may not be told of people names them by their ids, and a tag may be one that nothing has yet.
        if (_text.Trim() is { Length: > 0 } typed && (Kind == ChooserKind.Tag || (Kind is ChooserKind.User or ChooserKind.Group && _people is null)))
            Take(new(typed, typed, "", ""));
        else if (_text.Trim().Length > 0)
            _says = "Choose one of what is found, or empty the field.";
    }

    private void Take(ChooserOption option)
    {
        if (!IsMany)
            Chosen.Clear();
        if (!Chosen.Contains(option.Value))
            Chosen.Add(option.Value);
        (_text, _options, _says, _more) = ("", [], null, null);
    }

    private void Search()
    {
        var found = Matches(_text.Trim()).Take(MostShown + 1).ToList();
        _options = [.. found.Take(MostShown)];
        _more = found.Count > MostShown ? "and more: type a longer part of the name" : null;
        _says = found.Count == 0 ? "Nothing is called that." : null;
    }

    private IEnumerable<ChooserOption> Matches(string text) => Kind switch
    {
        ChooserKind.Pool => Objects<Pool>(text),
        ChooserKind.Host => Objects<Host>(text),
        ChooserKind.Vm => Objects<Vm>(text, static vm => vm is { IsATemplate: false, IsASnapshot: false, IsControlDomain: false }),
        ChooserKind.Sr => Objects<Sr>(text),
        ChooserKind.Network => Objects<Network>(text),
        ChooserKind.Vdi => Objects<Vdi>(text),
        ChooserKind.Tag => Scene.All<Vm>().SelectMany(one => one.Object.Tags).Concat(Scene.All<Host>().SelectMany(one => one.Object.Tags)).Concat(Scene.All<Pool>().SelectMany(one => one.Object.Tags))
            .Distinct(StringComparer.Ordinal).Where(tag => tag.Contains(text, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.OrdinalIgnoreCase).Select(static tag => new ChooserOption(tag, ForeignText.Shown(tag), "tag", "")),
        ChooserKind.User or ChooserKind.Group => (_people ?? []).Where(one => one.Name.Contains(text, StringComparison.OrdinalIgnoreCase)),
    };

    /// <summary>Those that begin with the text come first.</summary>
    private IEnumerable<ChooserOption> Objects<T>(string text, Func<T, bool>? suits = null) where T : XapiObject => Scene.All<T>().Where(one => suits?.Invoke(one.Object) != false)
        .Select(one => (one.Pool, one.Object, Name: ObjectLooks.Name(one.Object)))
        .Where(one => one.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || (text.Length >= 4 && one.Object.Uuid.StartsWith(text, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(one => !one.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase)).ThenBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
        .Select(one => new ChooserOption(one.Object.Uuid, one.Name, ObjectLooks.Icon(one.Object), Scene.Pools.Length > 1 ? one.Pool.Name : ""));

    private Located<XapiObject>? Found(string value)
    {
        if (Kind is ChooserKind.Tag or ChooserKind.User or ChooserKind.Group)
            return null;
        foreach (var pool in Scene.Pools)
            if (pool.Picture?.GetByUuid(value) is { } there)
                return new(pool.Picture, there);
        return null;
    }

    private string NameOf(string value) => Found(value) is { } there ? ObjectLooks.Name(there.Object) : _people?.FirstOrDefault(one => one.Value == value)?.Name ?? ForeignText.Shown(value);
}
