using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Everybody is the administrator Ada.</summary>
internal sealed class SignedIn : AuthenticationStateProvider
{
    public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Name, "Ada"), new(ClaimTypes.Role, "Administrator")], "test"))));
}
