using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Directories;

/// <summary>One directory: all its settings, a test of them, and what the last synchronisation found. Without an id, a new one.</summary>
public sealed partial class DirectoryPage
{
    private DirectoryForm? _form;
    private GroupSearch? _groupSearch;
    private DirectorySettings? _saved;
    private DirectorySyncReport? _report;
    private ImmutableArray<KeyValuePair<string, string>> _roles = [];
    private ImmutableArray<KeyValuePair<string, string>> _groups = [];
    private ImmutableList<DirectoryTestStep> _steps = [];
    private bool _hasPassword;
    private bool _isBusy;
    private bool _isTesting;
    private bool _isSynchronising;
    private bool _isOvertaken;
    private string _testName = "";
    private string _testPassword = "";

    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>For a new one: the preset to begin with.</summary>
    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    public override Right Needed => AdministrationRights.Directories;

    [Inject]
    private DirectoryStore Store { get; set; } = default!;

    [Inject]
    private DirectorySyncRunner Runner { get; set; } = default!;

    [Inject]
    private DirectoryAdministration Administration { get; set; } = default!;

    [Inject]
    private AdministrationReader Reader { get; set; } = default!;

    [Inject]
    private AccessEngine Access { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => _saved?.Name ?? (Id is null ? "Add a directory" : "There is no such directory");

    protected override async Task ReadAsync(CancellationToken token)
    {
        _saved = Id is { } id ? Store.Find(id) : null;
        // What is being typed stays when somebody else changes something.
        if (_saved is { } saved && (_form is not { IsChanged: true }) && _form?.BeganWith(saved) != true)
            Show(saved);
        else if (_form is null && Id is null)
            _form = new(Preset().Make(Guid.NewGuid(), "", "dc=example,dc=org", "ldaps://directory.example.org"));
        if (_form is { } form)
            _groupSearch ??= new(Administration, form);
        _isOvertaken = !_isBusy && _saved is { } now && _form?.BeganWith(now) == false;
        _hasPassword = Id is { } kept && Store.HasPassword(kept);
        _report = Id is { } asked ? await Runner.LastAsync(asked, token) : null;
        _roles = [.. Access.Policy.Roles.Values.OrderBy(role => role.Name, StringComparer.OrdinalIgnoreCase).Select(role => KeyValuePair.Create(role.Id, role.Name))];
        _groups = [.. (await Reader.GroupsAsync(token)).Where(group => group.Directory is null).Select(group => KeyValuePair.Create(group.Id.ToString("D"), group.Name))];
    }

    private void Show(DirectorySettings saved) => (_form, _groupSearch, _isOvertaken) = (new(saved), null, false);

    private void ShowAsItIs()
    {
        if (_saved is not { } saved)
            return;
        Show(saved);
        _groupSearch = new(Administration, _form!);
    }

    private DirectoryPreset Preset() => Enum.TryParse<DirectoryPreset>(Kind, out var preset) && Enum.IsDefined(preset) ? preset : DirectoryPreset.ActiveDirectory;

    private async Task SaveAsync()
    {
        if (_isBusy || _form is not { } form)
            return;
        _isBusy = true;
        DirectorySettings? settings = null;
        var isDone = await ActAsync(async requester =>
        {
            settings = form.Read();
            await Administration.SaveAsync(requester, settings, form.Password, CancellationToken.None);
            form.Saved(settings);
        });
        _isBusy = false;
        if (!isDone || settings is null)
            return;
        if (Id is null)
            Navigation.NavigateTo($"/settings/directories/{settings.Id:D}", replace: true);
    }

    private async Task SwitchAsync()
    {
        if (_saved is not { } saved)
            return;
        var (users, _) = await Administration.CountAsync(saved.Id, Gone);
        if (!saved.IsEnabled || await AskAsync($"Disable {saved.Name}?", "Disable", null,
            $"Nobody signs in through {saved.Name} any more. {Words.Count(users, "user")} of it {(users == 1 ? "is" : "are")} signed out at once, and their API tokens stop working. Accounts, groups and grants stay and wait."))
            await ActAsync(requester => Administration.SetEnabledAsync(requester, saved.Id, !saved.IsEnabled, CancellationToken.None));
    }

    private async Task RemoveAsync()
    {
        if (_saved is not { } saved)
            return;
        var (users, groups) = await Administration.CountAsync(saved.Id, Gone);
        if (await AskAsync($"Remove {saved.Name}?", "Remove", saved.Name,
                $"{Words.Count(users, "user")} and {Words.Count(groups, "group")} of {saved.Name} are removed with their grants, tokens and sessions. There is no way back; what they did stays in the audit.")
            && await ActAsync(requester => Administration.RemoveAsync(requester, saved.Id, CancellationToken.None)))
            Navigation.NavigateTo("/settings/directories");
    }

    private async Task SynchroniseAsync()
    {
        if (_saved is not { } saved || _isSynchronising)
            return;
        _isSynchronising = true;
        await ActAsync(requester => Administration.SynchroniseAsync(requester, saved.Id, CancellationToken.None));
        _isSynchronising = false;
    }

    private async Task TestAsync()
    {
        if (_isTesting || _form is not { } form)
            return;
        (_isTesting, _steps) = (true, []);
        _groupSearch?.Forget();
        await ActAsync(async requester =>
        {
            try
            {
                await foreach (var step in Administration.TestAsync(requester, form.Read(), form.Password, _testName, _testPassword, Gone))
                {
                    _steps = _steps.Add(step);
                    StateHasChanged();
                }
            }
            catch (OperationCanceledException)
            {
                // The page was left.
            }
        });
        (_isTesting, _testPassword) = (false, "");
    }

    private Task<bool> AskAsync(string title, string verb, string? expected, string consequence) =>
        TypeToConfirm.AskAsync(Dialogs, title, verb, expected, builder => Consequence.Draw(builder, consequence));
}
