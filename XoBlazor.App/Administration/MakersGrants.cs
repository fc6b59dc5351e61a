using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Administration;

/// <summary>Grants to people on what they made, given by the server and recorded as any other.</summary>
internal sealed class MakersGrants(GrantAdministration grants) : IMakersGrants
{
    public async Task<string?> GiveAsync(Requester maker, ObjectKey made, IReadOnlyList<string> roles, CancellationToken token)
    {
        try
        {
            foreach (var role in roles)
                await grants.AddAsync(Requester.Server, SubjectKind.User, Guid.Parse(maker.Actor.Id), role, new AccessScope.OfObject(made), token);
            return null;
        }
        catch (AdministrationRefusedException refused)
        {
            return refused.Message;
        }
    }
}
