using System.Text.Json;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Details;

/// <summary>Shows the JSON of one field.</summary>
public sealed partial class FieldValue
{
    private string? _parsed;
    private JsonElement _value;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Parameter, EditorRequired]
    public XapiField Field { get; set; } = default!;

    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    [Parameter, EditorRequired]
    public string Json { get; set; } = "";

    protected override void OnParametersSet()
    {
        if (Json == _parsed)
            return;
        _parsed = Json;
        using var document = JsonDocument.Parse(Json);
        _value = document.RootElement.Clone();
    }

    private string Plain(JsonElement value)
    {
        var text = value.GetRawText();
        return FieldMeaning.IsBytes(Field) && long.TryParse(text, out var bytes) ? $"{text} ({Format.Bytes(bytes)})" : text;
    }
}
