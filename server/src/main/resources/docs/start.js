// validatorUrl null: nothing is sent to another host.
window.ui = SwaggerUIBundle({url: "/api/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null});
