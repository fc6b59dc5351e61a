using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;

namespace XoBlazor.App.Components.Layout;

/// <summary>Who is signed in, how it looks for them, and the way out.</summary>
public sealed partial class UserMenu
{
    private static readonly (string Value, string Word, string Icon)[] s_themes = [("", "System", "system"), ("light", "Light", "light"), ("dark", "Dark", "dark")];
    private static readonly (string Value, string Word)[] s_densities = [("", "Compact"), ("comfortable", "Comfortable")];

    private bool _isOpen;
    private string? _name;

    /// <summary>The chosen theme; empty for the system's.</summary>
    [Parameter]
    public string Theme { get; set; } = "";

    /// <summary>The chosen height of rows; empty for compact ones.</summary>
    [Parameter]
    public string Density { get; set; } = "";

    [Parameter]
    public EventCallback<(string Name, string Value)> OnLook { get; set; }

    [Parameter]
    public EventCallback OnHelp { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Authentication is not null)
            _name = (await Authentication).User.Identity?.Name;
    }

    private void Toggle() => _isOpen = !_isOpen;

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            _isOpen = false;
    }

    private Task HelpAsync()
    {
        _isOpen = false;
        return OnHelp.InvokeAsync();
    }
}
