using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Operations.Forms;

namespace XoBlazor.App.Components.Vms;

/// <summary>
/// Kept configurations for cloud-init to begin with. As long as nobody has changed the text, it follows the VM's name; afterwards only what was left open for the name is
/// filled in. For whoever may make VMs: only they have a form.
/// </summary>
public sealed partial class KeptConfigs
{
    private readonly Dictionary<bool, Choice> _chosen = [];
    private IReadOnlyList<CloudConfig> _configs = [];

    /// <summary>The form of the new VM.</summary>
    [Parameter, EditorRequired]
    public OperationForm Form { get; set; } = default!;

    /// <summary>A text was filled in.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    [Inject]
    private CloudConfigs Configs { get; set; } = default!;

    // User data first.
    private IEnumerable<IGrouping<bool, CloudConfig>> Kinds => _configs.GroupBy(config => config.IsNetwork).OrderBy(kind => kind.Key);

    protected override async Task OnInitializedAsync() => _configs = await Configs.AllAsync(CancellationToken.None);

    protected override void OnParametersSet()
    {
        foreach (var (isNetwork, choice) in _chosen.ToList())
            if (Field(isNetwork) is { } field)
                Fill(field, choice, field.Text == choice.Filled ? choice.Config.Template : field.Text);
    }

    private static string Id(bool isNetwork) => isNetwork ? "kept-network-config" : "kept-config";

    private FieldState? Field(bool isNetwork) => NewVmSections.Field(Form, isNetwork ? "networkConfig" : "cloudConfig");

    private async Task ChooseAsync(bool isNetwork, string? id)
    {
        if (_configs.FirstOrDefault(config => config.Id.ToString("D") == id) is { } config && Field(isNetwork) is { } field)
            Fill(field, new(config, ""), config.Template);
        else
            _chosen.Remove(isNetwork);
        await OnChange.InvokeAsync();
    }

    private void Fill(FieldState field, Choice choice, string text)
    {
        var filled = CloudConfig.Fill(text, NewVmSections.Name(Form));
        // Only what came of the whole template follows it on.
        _chosen[choice.Config.IsNetwork] = choice with { Filled = ReferenceEquals(text, choice.Config.Template) ? filled : choice.Filled };
        field.Text = filled;
    }

    /// <param name="Filled">The text that came of it.</param>
    private sealed record Choice(CloudConfig Config, string Filled);
}
