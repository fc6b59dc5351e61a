using System.Security.Claims;
using XoBlazor.App.Accounts;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Operations;

/// <summary>The signed-in person as operations know people.</summary>
internal static class ActorOf
{
    public static Actor Principal(ClaimsPrincipal user) => new(
        user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", user.Identity?.Name ?? "someone");
}
