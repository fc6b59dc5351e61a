using Microsoft.AspNetCore.Components;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Operations;

namespace XoBlazor.App.Components.Settings.Directories;

/// <summary>Names one of a directory's groups, and offers those that the settings in the form find while one types.</summary>
public sealed partial class GroupPicker : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(300);
    private static readonly GroupMatches s_none = new([], HasMore: false);

    private readonly string _id = $"group-{Guid.NewGuid():N}";
    private CancellationTokenSource _typing = new();
    private GroupMatches _matches = s_none;
    private string? _says;
    private string? _problem;

    /// <summary>The group's distinguished name or its lasting id; what is typed until one is chosen.</summary>
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    [Parameter, EditorRequired]
    public GroupSearch Search { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    public void Dispose()
    {
        _typing.Cancel();
        _typing.Dispose();
    }

    // A distinguished name has a sign that a part of a name seldom has, and an id is no name.
    private static bool IsWorthAsking(string text) => text.Trim().Length >= 2 && !text.Contains('=', StringComparison.Ordinal) && !Guid.TryParse(text, out _);

    private async Task TypeAsync(string text)
    {
        Close();
        await ValueChanged.InvokeAsync(text);
        if (IsWorthAsking(text))
            await FindAsync(text.Trim(), _typing.Token);
    }

    private async Task FindAsync(string text, CancellationToken token)
    {
        try
        {
            await Task.Delay(s_pause, Time, token);
            _says = "Looking…";
            StateHasChanged();
            var matches = await Search.FindAsync(await Actions.RequesterAsync(), text, token);
            token.ThrowIfCancellationRequested();
            (_matches, _says) = (matches, matches.Groups.IsEmpty ? "No group has this in its name." : null);
        }
        catch (OperationCanceledException)
        {
            // Somebody went on typing, chose, or left.
        }
        catch (AdministrationRefusedException refused) when (!token.IsCancellationRequested)
        {
            (_problem, _says) = (refused.Message, null);
        }
        catch (AdministrationRefusedException)
        {
            // Nobody waits for this answer any more.
        }
    }

    private Task TakeAsync(DirectoryGroup chosen)
    {
        Close();
        _says = chosen.Name;
        return ValueChanged.InvokeAsync(chosen.Dn);
    }

    private void Close()
    {
        _typing.Cancel();
        _typing.Dispose();
        _typing = new();
        (_matches, _says, _problem) = (s_none, null, null);
    }
}
