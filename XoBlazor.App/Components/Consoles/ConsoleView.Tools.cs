using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace XoBlazor.App.Components.Consoles;

/// <summary>What the buttons of a console do.</summary>
public sealed partial class ConsoleView
{
    private Panel _panel;
    private (int Done, int All) _typed;
    private bool _isTyping;
    private bool _hasNewClipboard;
    private int _copies;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <summary>The guest has copied something. What it is stays in the browser.</summary>
    [JSInvokable]
    public Task CopiedAsync() => InvokeAsync(() =>
    {
        _copies++;
        _hasNewClipboard = _panel != Panel.Clipboard;
        StateHasChanged();
    });

    /// <summary>So many characters of a text are typed.</summary>
    [JSInvokable]
    public Task TypedAsync(int done, int all) => InvokeAsync(() =>
    {
        _typed = (done, all);
        StateHasChanged();
    });

    private static string Said(bool isSo) => isSo ? "true" : "false";

    private void Toggle(Panel panel)
    {
        _panel = _panel == panel ? Panel.None : panel;
        if (_panel == Panel.Clipboard)
            _hasNewClipboard = false;
    }

    private Task ClosePanel()
    {
        _panel = Panel.None;
        return CallAsync("focus");
    }

    private Task CallAsync(string function, params object?[] arguments) => _script?.CallAsync(function, arguments) ?? Task.CompletedTask;

    private Task PressAsync(string combination) => CallAsync("press", combination);

    private Task HoldAsync((string Key, bool IsDown) held) => CallAsync("hold", held.Key, held.IsDown);

    private Task LookAsync(ConsoleLook look)
    {
        _look = look;
        return CallAsync("look", look);
    }

    private async Task TypeAsync((ElementReference Field, bool Enter) text)
    {
        (_isTyping, _typed) = (true, default);
        if (_script is { } script && await script.AskAsync("type", text.Field, _look.Layout, _look.Rate, text.Enter) && _panel == Panel.Type)
            _panel = Panel.None;
        _isTyping = false;
    }

    private Task ShootAsync()
    {
        var moment = Time.GetUtcNow().ToString("yyyy-MM-dd-HHmmss", System.Globalization.CultureInfo.InvariantCulture);
        var name = string.Concat(Name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        return CallAsync("shoot", $"{name[..Math.Min(name.Length, 80)]}-{moment}.png");
    }
}
