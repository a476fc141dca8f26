package dev.apg.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server: {@code apg serve}. */
@SpringBootApplication
public class ApgServer {
    public static void main(String[] arguments) {
        SpringApplication.run(ApgServer.class, arguments);
    }
}
