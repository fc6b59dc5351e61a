using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Directories;

/// <summary>
/// Groups that the settings in a form find, for all its mappings. Settings that failed are not tried again before they change: somebody who types
/// must not lock the service account with each key. For one page.
/// </summary>
public sealed class GroupSearch
{
    private readonly DirectoryAdministration _administration;
    private readonly DirectoryForm _form;
    private (string Asked, string Problem)? _failed;

    internal GroupSearch(DirectoryAdministration administration, DirectoryForm form) => (_administration, _form) = (administration, form);

    /// <summary>Fails with <see cref="AdministrationRefusedException"/> in words.</summary>
    internal async Task<GroupMatches> FindAsync(Requester requester, string text, CancellationToken token)
    {
        var settings = _form.Read() with { Mappings = [] };
        if (settings.Groups is null)
            throw new AdministrationRefusedException("Groups are not taken over. Turn that on above, or enter the distinguished name.");
        var asked = DirectoryStore.Write(settings) + _form.Password;
        if (_failed is { } failed && failed.Asked == asked)
            throw new AdministrationRefusedException(failed.Problem);
        try
        {
            var matches = await _administration.FindGroupsAsync(requester, settings, _form.Password, text, token);
            _failed = null;
            return matches;
        }
        catch (AdministrationRefusedException refused)
        {
            _failed = (asked, $"{refused.Message} It is asked again when the settings change, or after a test.");
            throw new AdministrationRefusedException(_failed.Value.Problem);
        }
    }

    /// <summary>Settings that failed may be tried again: somebody saw to the directory.</summary>
    internal void Forget() => _failed = null;
}
