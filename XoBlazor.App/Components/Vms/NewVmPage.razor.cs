using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Operations.Forms;
using XoBlazor.App.Components.Settings;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Vms;

/// <summary>
/// Makes a VM on one page: a template found by typing, then everything about the VM with defaults that work, what it amounts to beside it. The template
/// stands in the address. A refusal is shown here, and nothing that was filled in is lost.
/// </summary>
public sealed partial class NewVmPage
{
    private const int MostOffered = 12;

    private ImmutableArray<TemplateChoice> _templates = [];
    private ImmutableArray<TemplateChoice> _options = [];
    private TemplateChoice? _chosen;
    private OperationForm? _form;
    private string _text = "";
    private string? _refusal;
    private string? _obstacle;
    private bool _isWrong;
    private bool _isBusy;
    private int _more;

    /// <summary>The template, as pool and uuid.</summary>
    [SupplyParameterFromQuery(Name = "template")]
    public string? Template { get; set; }

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private static Operation Create => VmCreation.Create;

    private string? More => _more > 0 ? $"{Format.Count(_more)} more: type a part of the name." : null;

    private string? Says => _isWrong ? "No template that you can use is called that." : _chosen is null ? $"{Words.Count(_templates.Length, "template")} to choose from, your own first." : null;

    private string WhyNone => Scene.Pools.Length == 0 ? "No pool is connected."
        : First() is { } reason ? reason : View.SeesEverything ? "The connected pools have no templates." : "None that you may view. An administrator can give you more.";

    private string? WhyNot => Scene.IsPast ? OperationBar.PastReason : _obstacle ?? _form?.Problem;

    protected override bool FollowsTime => true;

    protected override void OnInitialized() => Read();

    protected override void OnParametersSet() => ChooseWhatIsAskedFor();

    // What can be chosen is looked up anew when it is asked for.
    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        var before = (_templates.IsEmpty, _obstacle);
        if (_templates.IsEmpty)
        {
            Read();
            ChooseWhatIsAskedFor();
        }

        _obstacle = Obstacle();
        return before != (_templates.IsEmpty, _obstacle);
    }

    private void Read() => _templates = [.. TemplateChoice.All(Scene).Where(one => Actions.Obstacle(Create, one.Pool.Picture!, one.Template) is null)];

    private void ChooseWhatIsAskedFor()
    {
        if (Template is { Length: > 0 } asked && _chosen?.Key.ToString() != asked && _templates.FirstOrDefault(one => one.Key.ToString() == asked) is { } chosen)
            Choose(chosen);
    }

    private string? First() => TemplateChoice.All(Scene).Select(one => Actions.Obstacle(Create, one.Pool.Picture!, one.Template)).FirstOrDefault(reason => reason is not null);

    private string? Obstacle() => _chosen is not { } chosen ? null
        : chosen.Now(Scene) is { } there ? Actions.Obstacle(Create, there.Pool.Picture!, there.Template) : "The template is gone. Choose another one.";

    private void Offer() => Offer(_chosen is null ? _text : "");

    private void Offer(string text)
    {
        Read();
        var matches = Matches(text);
        (_options, _more) = ([.. matches.Take(MostOffered)], Math.Max(0, matches.Count - MostOffered));
    }

    private List<TemplateChoice> Matches(string text) => [.. _templates.Where(one => FilterField.Matches(text, one.Name, one.Description, one.Pool.Name, one.Tags))];

    private void OnType(string text)
    {
        (_text, _isWrong) = (text, false);
        Offer(text);
    }

    private void Take(TemplateChoice chosen)
    {
        Choose(chosen);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("template", chosen.Key.ToString()), replace: true);
    }

    /// <summary>A whole name, or a piece that is one template's alone, is as good as a choice.</summary>
    private void OnLeave()
    {
        _options = [];
        if (_text == _chosen?.Name || (_text.Trim().Length == 0 && _chosen is null))
            return;
        var matches = Matches(_text);
        if (_text.Trim().Length > 0 && (matches.Find(one => one.Name.Equals(_text.Trim(), StringComparison.OrdinalIgnoreCase)) ?? (matches is [var only] ? only : null)) is { } meant)
            Take(meant);
        else if (_chosen is not null)
            _text = _chosen.Name;
        else
            _isWrong = true;
    }

    private void Choose(TemplateChoice chosen)
    {
        var form = new OperationForm(Create, View, [(chosen.Pool.Picture!, chosen.Template)]);
        if (_form is { } before)
            form.TakeOver(before);
        NewVmSections.AddDevice(form, chosen);
        (_form, _chosen, _text, _options, _isWrong, _refusal, _obstacle) = (form, chosen, chosen.Name, [], false, null, null);
    }

    private void OnChange() => _refusal = null;

    private async Task CreateAsync()
    {
        if (_isBusy || WhyNot is not null || _form is not { } form || _chosen?.Now(Scene) is not { } now)
            return;
        _isBusy = true;
        try
        {
            _refusal = await Actions.BeginAsync(Create, now.Pool.Picture!, now.Template, form.Read());
            if (_refusal is null)
                Navigation.NavigateTo("/vms");
        }
        finally
        {
            _isBusy = false;
        }
    }
}
