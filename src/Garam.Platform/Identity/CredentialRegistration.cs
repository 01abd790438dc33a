using Garam.Platform.Identity.Audit;
using Garam.Platform.Identity.SignIn;
using Garam.Platform.Identity.Tokens;
using Garam.Platform.Identity.Users;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Platform.Identity;

/// <summary>Puts what says who somebody is into the host's services, and its endpoints on the routes.</summary>
internal static class CredentialRegistration
{
    public static void AddCredentials(this IServiceCollection services, GaramNode node)
    {
        var credentials = node.Credentials;
        services.AddSingleton(credentials.Audit);
        services.AddSingleton(credentials.Users);
        services.AddSingleton(credentials.Passwords);
        services.AddSingleton(credentials.Limits);
        services.AddSingleton(credentials.SignIn);
        services.AddSingleton(credentials.Setup);
        services.AddSingleton(credentials.AccessTokens);
        services.AddSingleton(credentials.RefreshTokens);
        services.AddSingleton(credentials.ApiTokens);
        services.AddSingleton(new UserDesk(credentials, node.Registry, node.Guard));
        services.AddSingleton(new AccountDesk(credentials));
        SessionCookie.AddTo(services, node);
    }

    public static void MapCredentials(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapAccount();
        routes.MapUsers();
        routes.MapAccessTokens();
        routes.MapApiTokens();
        routes.MapAudit();
    }
}
