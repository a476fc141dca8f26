import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code java bin/Exercise.java URL TOKEN} asks of a server what servers are asked all day, so that bin/train can keep what
 * Java learns from it. The server must have the sample Online Boutique and its composition; copies of the sample under
 * other names make its catalogue larger.
 */
final class Exercise {
    private static final Pattern CODE = Pattern.compile("\"(?:capability|service)\":\"");
    private static final int IMPORTS = 2;
    private static final int COPIES = 150;
    private static final int READS = 2_000;
    private static final int RESOLVES = 800;
    private static final int PUBLICATIONS = 1_000;
    private static final int FREEZES = 15;
    private static final int SHOPS = 40;
    private static final int SHOP_FREEZES = 8;
    private static final int IMPACTS = 30;
    private static final int CLIENTS = 4;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String token;

    private Exercise(String url, String token) {
        this.url = url;
        this.token = token;
    }

    public static void main(String[] arguments) throws Exception {
        var exercise = new Exercise(arguments[0], arguments[1]);
        List<String> sample = exercise.send("GET", "/export", "").body().lines().toList();
        exercise.imports(sample);
        List<String> versions =
                sample.stream().filter(line -> line.contains("\"apg.version/1\"")).toList();
        exercise.reads(versions.stream().map(line -> field(line, "capability")).toList());
        exercise.resolves();
        exercise.publications(versions);
        exercise.freezes();
        exercise.impacts(versions);
    }

    private void imports(List<String> sample) throws IOException, InterruptedException {
        for (int i = 0; i < IMPORTS; i++) {
            int first = i * COPIES;
            send("POST", "/imports", IntStream.range(first, first + COPIES)
                    .mapToObj(number -> copy(String.join("\n", sample), number))
                    .collect(Collectors.joining("\n")), "Content-Type", "application/jsonl");
        }
    }

    private void reads(List<String> codes) throws Exception {
        repeat(READS, i -> {
            String code = "copy%d-%s".formatted(i % COPIES, codes.get(i % codes.size()));
            return send("GET", switch (i % 4) {
                case 0 -> "/capabilities/" + code;
                case 1 -> "/capabilities/" + code + "/versions";
                case 2 -> "/capabilities?limit=20";
                default -> "/search?limit=20&q=" + code.substring(code.lastIndexOf('-') + 1);
            }, "");
        });
    }

    /** Five shops in one composition. */
    private void resolves() throws Exception {
        repeat(RESOLVES, i -> send("POST", "/resolve", """
                {"document": {"format": "apg.composition/1", "composition": "shops", "members": [%s]}}
                """.formatted(IntStream.range(0, 5)
                .mapToObj(shop -> copy("{\"capability\":\"online-boutique-frontend\"}", (i + shop) % COPIES))
                .collect(Collectors.joining(", ")))));
    }

    private void publications(List<String> versions) throws Exception {
        repeat(PUBLICATIONS, i -> {
            String version = copy(versions.get(i % versions.size()), i % COPIES)
                    .replaceFirst("\"version\":\"[^\"]*\"}$", "\"version\":\"1000.%d.0\"}".formatted(i));
            return send("POST", "/capabilities/%s/versions".formatted(field(version, "capability")), version);
        });
    }

    private void freezes() throws IOException, InterruptedException {
        for (int i = 0; i < FREEZES; i++) {
            HttpResponse<String> changed = send("POST", "/compositions/online-boutique/draft/operations", """
                    {"operations": [{"op": "set_range", "capability": "redis-cart", "range": "%s"}]}
                    """.formatted(i % 2 == 0 ? "*" : "~7.2.0"));
            String tag = changed.headers().firstValue("ETag").orElseThrow();
            send("POST", "/compositions/online-boutique/revisions", "{}", "If-Match", tag);
        }
    }

    /** What many compositions are asked about that all have one capability; frozen again and again, because each is read once. */
    private void impacts(List<String> versions) throws Exception {
        repeat(SHOPS, i -> send("POST", "/compositions", """
                {"format": "apg.composition/1", "composition": "shops-%d", "members": [%s]}
                """.formatted(i, IntStream.of(0, 1 + i, 2 + i, 3 + i, 4 + i)
                .mapToObj(shop -> copy("{\"capability\":\"online-boutique-frontend\"}", shop))
                .collect(Collectors.joining(", ")))));
        String frontend = versions.stream().filter(line -> line.contains("\"capability\":\"online-boutique-frontend\"")).findFirst().orElseThrow();
        for (int round = 0; round < SHOP_FREEZES; round++) {
            String range = round % 2 == 0 ? ">=0.0.0" : "*";
            repeat(SHOPS, i -> {
                String path = "/compositions/shops-" + i;
                HttpResponse<String> changed = send("POST", path + "/draft/operations", """
                        {"operations": [{"op": "set_range", "capability": "copy0-online-boutique-frontend", "range": "%s"}]}
                        """.formatted(range));
                return send("POST", path + "/revisions", "{}", "If-Match", changed.headers().firstValue("ETag").orElseThrow());
            });
            for (int i = 0; i < IMPACTS; i++) {
                send("POST", "/impact", "{\"kind\": \"document\", \"document\": %s}".formatted(copy(frontend, 0)
                        .replaceFirst("\"version\":\"[^\"]*\"}$", "\"version\":\"2000.%d.%d\"}".formatted(round, i))));
                send("POST", "/impact", """
                        {"kind": "status", "capability": "copy0-online-boutique-frontend", "status": "%s"}
                        """.formatted(i % 2 == 0 ? "deprecated" : "retired"));
            }
        }
    }

    private interface Request {
        HttpResponse<String> send(int number) throws IOException, InterruptedException;
    }

    private static void repeat(int times, Request request) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<HttpResponse<String>>> requests = IntStream.range(0, times)
                    .<Callable<HttpResponse<String>>>mapToObj(i -> () -> request.send(i))
                    .toList();
            for (var answer : clients.invokeAll(requests)) {
                answer.get();
            }
        }
    }

    private HttpResponse<String> send(String method, String path, String body, String... header)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .setHeader("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (header.length > 0) {
            request.setHeader(header[0], header[1]);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s %s: %s".formatted(method, path, answer.body()));
        }
        return answer;
    }

    private static String copy(String text, int number) {
        return CODE.matcher(text).replaceAll("$0copy" + number + "-");
    }

    private static String field(String line, String name) {
        Matcher matcher = Pattern.compile("\"%s\":\"([^\"]*)\"".formatted(name)).matcher(line);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + name + " in " + line);
        }
        return matcher.group(1);
    }
}
